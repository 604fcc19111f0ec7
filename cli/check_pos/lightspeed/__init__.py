"""`tillbridge check-pos lightspeed`: facts that only a real account shows, and what follows from each."""
