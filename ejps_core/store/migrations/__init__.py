"""The one migration tree of the store, for SQLite and PostgreSQL."""
