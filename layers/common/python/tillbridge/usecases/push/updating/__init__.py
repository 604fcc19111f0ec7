"""Changes of products that are linked: content, variants, structure and images."""
