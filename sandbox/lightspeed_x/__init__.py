"""The sandbox Lightspeed Retail (X-Series): another wire of the shop that sandbox/pos keeps."""
