"""The proofs there are, in the order in which `make proof` runs them."""

NAMES = ("faults", "kills", "powercut", "damage", "swaps", "fuzz", "schema", "injections", "flood",
         "load", "soak")  # fmt: skip
