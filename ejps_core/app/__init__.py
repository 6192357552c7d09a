"""Use cases: what the doors (command line, later pages and services) offer. No printing, no asking."""
