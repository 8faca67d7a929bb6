"""Attacks on isolation: one user tries everything with another's ids. `python -m tests.isolation` runs all of them."""
