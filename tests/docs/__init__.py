"""Documents that are walked through as a reader would."""
