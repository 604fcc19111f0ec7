"""Creating products: what is made ready, the POST, what it leaves, and a reply that was lost."""
