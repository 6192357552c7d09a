"""Rule text to rule sets."""
