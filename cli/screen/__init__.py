"""What a person reads: one console, tables, bars and reports."""
