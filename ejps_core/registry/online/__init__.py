"""Online registries: how one is asked about the people of a list, with patience, and what of its answers can be used."""
