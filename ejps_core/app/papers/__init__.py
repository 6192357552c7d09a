"""Reports from the store: what is on record of runs, decrees and samples, as the plain data that reports are built from."""
