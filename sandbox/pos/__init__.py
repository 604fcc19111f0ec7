"""The sandbox POS cloud: a small point of sale that speaks contracts/pos-api.openapi.yaml and publishes its events."""
