"""The program as a Python package."""
