"""Text: files become documents with sections and sentences; offsets count code points."""
