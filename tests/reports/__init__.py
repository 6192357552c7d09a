"""Counts, files and workbooks made from decisions."""
