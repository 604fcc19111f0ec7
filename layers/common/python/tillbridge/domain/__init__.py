"""Values and rules. Knows no AWS, no HTTP, no environment and no clock."""
