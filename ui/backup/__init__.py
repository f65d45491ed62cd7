"""Backups of a home: one file that holds all of it and says what it holds."""
