"""`tillbridge sandbox …`: parts of the local world alone."""
