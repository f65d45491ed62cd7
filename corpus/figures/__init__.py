"""How figures are written: numerals, units, dates, names, counts and ranges; all in plain text."""
