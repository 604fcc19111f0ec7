"""Why a product has the values that it has, told from its history."""
