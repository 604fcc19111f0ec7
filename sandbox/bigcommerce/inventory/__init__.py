"""The Inventory API: stock that is read, and stock that is adjusted."""
