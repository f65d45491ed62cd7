"""Files of cells: workbooks and comma-separated values."""
