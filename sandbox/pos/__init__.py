"""The sandbox POS cloud: a small POS with the API and the events of contracts/."""
