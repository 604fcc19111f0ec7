"""What the account holds: its rows and their versions, its names, tokens, quota, hazards and log."""
