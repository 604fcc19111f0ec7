"""Where a command works: a deployment, the stores connected to it, and what it holds of them."""
