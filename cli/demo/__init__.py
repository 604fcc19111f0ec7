"""`tillbridge demo`: play a day with the whole system on this machine, and check every promise."""
