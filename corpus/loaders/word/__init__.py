"""Word files, read as they are on paper: numbers, pages, tables, changes accepted."""
