"""The Inventory API: reading stock and adjusting it."""
