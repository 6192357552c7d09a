"""How program plugins come in."""
