"""The POS over its REST API (contracts/pos-api.openapi.yaml)."""
