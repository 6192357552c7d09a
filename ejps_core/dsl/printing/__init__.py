"""A rule file written again in the one layout, in its own language or in the other. The way in is `printed`.

It works on the tokens as the parser took them, not on the syntax tree: a new construct is printed without a line of code.
"""

from __future__ import annotations

from ejps_core.dsl.printing.page import names_in_the_way, printed

__all__ = ["names_in_the_way", "printed"]
