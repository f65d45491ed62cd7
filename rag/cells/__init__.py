"""Answers from tables: which cell answers, found by its row and its headings and read as one."""
