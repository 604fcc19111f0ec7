"""The shipped functions in Lambda containers, against the running local world."""
