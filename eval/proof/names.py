"""The proofs there are, in the order in which `make proof` runs them."""

NAMES = ("faults", "swaps", "fuzz", "schema", "injections")
