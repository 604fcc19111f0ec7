"""One call: what was asked, what is answered, and the refusals."""
