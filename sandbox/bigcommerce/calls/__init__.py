"""What every operation needs: bodies, checks, pages and refusals."""
