"""`tillbridge sandbox …`: single parts of the local world."""
