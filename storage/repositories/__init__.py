"""One repository for each aggregate, all within a unit of work, for its user. `get_` raises, `find_` may be None."""
