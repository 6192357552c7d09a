"""The tests: house/ keeps the building in order, the other folders prove what it does."""
