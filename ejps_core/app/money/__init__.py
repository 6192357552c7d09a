"""The money of a program on record: entering, importing, reconciling, freezing, showing."""
