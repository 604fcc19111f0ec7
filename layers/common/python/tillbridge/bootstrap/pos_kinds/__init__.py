"""A file for each kind of POS: which adapters answer its ports. Each loads the adapters of a port when that port is
opened for the first time, and nothing before."""
