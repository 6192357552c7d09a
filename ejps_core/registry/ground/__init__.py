"""Results of a ground check, as inspectors send them."""
