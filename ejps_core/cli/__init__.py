"""The command line: `ejps`. One verb a file; each imports what it needs when it runs."""

from ejps_core.cli.door import main

__all__ = ["main"]
