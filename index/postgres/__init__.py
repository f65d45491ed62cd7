"""The index in PostgreSQL with pgvector, for several machines that share one (extra `postgres`)."""
