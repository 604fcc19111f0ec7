"""What one store holds: its tables, quota, hazards and the stock under way."""
