"""Creating products: preparation, the POST, the record of its result, and lost replies."""
