"""How much of what BigCommerce takes in one call."""

PRODUCTS_A_CALL = 10
VARIANTS_A_CALL = 50
STOCK_A_CALL = 2_000
