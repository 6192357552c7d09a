"""The days that need a store run on SQLite and on PostgreSQL, by the commands."""

from tests.store.conftest import desk, place, postgres

__all__ = ["desk", "place", "postgres"]
