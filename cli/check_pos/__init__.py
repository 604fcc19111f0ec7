"""`tillbridge check-pos`: what a POS lacks of the contract, and what that costs."""
