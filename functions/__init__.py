"""The Lambda functions: one folder with one thin module for each."""
