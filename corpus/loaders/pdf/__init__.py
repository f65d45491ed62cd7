"""PDF files: from letters and lines to paragraphs, columns and tables."""
