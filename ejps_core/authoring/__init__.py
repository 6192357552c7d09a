"""What helps authors of rules: running their examples. Sees model, dsl and engine."""
