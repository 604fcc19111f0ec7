"""Products, variants and all that belongs to them: `x.py` holds rows, `x_routes.py` routes."""
