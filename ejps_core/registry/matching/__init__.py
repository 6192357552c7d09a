"""Matching (pemadanan): who of a list is who in a register, and who stands twice in the lists."""
