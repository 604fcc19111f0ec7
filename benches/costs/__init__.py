"""What a store costs in a month, from counted requests and units (docs/costs.md)."""
