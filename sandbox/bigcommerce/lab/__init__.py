"""Tools of tests, benches and demos: control of a store past its API, and its simulated users."""
