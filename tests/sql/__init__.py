"""The rules as SQL: how the statements are written, what DuckDB makes of them, and that the answers are the same."""
