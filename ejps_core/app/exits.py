"""How a use case ended, as the exit codes that scripts of the province rely on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The end of a command."""

    CLEAN = 0
    WRONG_RULES = 1
    """A rule file has errors, or an example of it fails."""
    WRONG_USE = 2
    """Wrong usage, an unreadable file or sheet, an unknown id, a date out of force."""
    PARTLY = 3
    """Evaluated, but rows were set apart or a plugin failed to load; or done with open doubts, such as a late notice."""
    TAMPERED = 4
    """The audit log is not whole: an entry was changed, removed or moved. Or a backup is not what it was made as."""
