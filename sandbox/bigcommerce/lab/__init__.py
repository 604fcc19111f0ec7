"""What tests, benches and demos do to a store past its API, and the people who use it."""
