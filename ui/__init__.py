"""Faces: the web chat and the command line. The only readers of the environment."""
