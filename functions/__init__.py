"""One folder = one Lambda function = one thin module."""
