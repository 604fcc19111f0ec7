"""What becomes of a call and of the work it was for: written, waiting, refused or held back."""
