"""What a person reads: the console, tables, progress bars and reports."""
