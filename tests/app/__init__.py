"""Use cases, without the command line."""
