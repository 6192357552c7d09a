"""People and lists: candidate lists of any format become Candidates, every row and cell accounted for."""

from ejps_core.registry.reading import read_list

__all__ = ["read_list"]
