"""`tillbridge store …`: the connected stores."""
