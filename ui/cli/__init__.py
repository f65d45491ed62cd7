"""The command line, `jinwen`: one small file a command group."""
