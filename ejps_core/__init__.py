"""The front door for program plugins: what they may import, and nothing else.

A plugin declares programs through `hookimpl`; see docs/plugins.md.
"""

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.program import Program

__all__ = ["Program", "hookimpl"]
