"""`tillbridge check-pos`: what a POS lacks for the contract, and what that costs a shop."""
