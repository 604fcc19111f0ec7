"""The POS is told of the store's web orders: the lane *book*, which the function `orders` works on."""
