"""A Saturday on which a shop and its web store sell the same goods, and the judge of it."""
