"""What was measured beside what it may be, and how that is told."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure. most, least: its bound; neither: it is told only."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def held(self) -> bool:
        """Whether the bound was kept; what could not be measured keeps none."""
        if math.isnan(self.value):
            return False
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def bound(self) -> str:
        """The bound in words."""
        if self.most is not None:
            return f"≤ {self.most:,g} {self.unit}"
        return "–" if self.least is None else f"≥ {self.least:,g} {self.unit}"

    def as_record(self) -> Mapping[str, Any]:
        """The figure as data."""
        return {
            "name": self.name, "value": round(self.value, 3), "unit": self.unit, "most": self.most, "least": self.least,
            "held": self.held,
        }  # fmt: skip


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all do not pass, such as 0.95; nan of none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


def waits(name: str, seconds: Sequence[float], most: Mapping[float, float]) -> list[Measured]:
    """How long answers took, in milliseconds: p50, p95, p99, the longest. most: bounds in ms by part (1.0: the longest)."""
    titles = {0.5: "p50", 0.95: "p95", 0.99: "p99", 1.0: "longest"}
    return [
        Measured(f"{name}, {title}", share(seconds, part) * 1000, "ms", most.get(part)) for part, title in titles.items()
    ]


def table(figures: Iterable[Measured]) -> str:
    """The figures as a table of Markdown."""
    rows = [(each.name, f"{each.value:,.1f} {each.unit}", each.bound, "yes" if each.held else "NO") for each in figures]
    heads = ("what", "measured", "bound", "held")
    wide = [max(len(row[place]) for row in (heads, *rows)) for place in range(4)]
    lines = ["| " + " | ".join(text.ljust(width) for text, width in zip(row, wide, strict=True)) + " |" for row in rows]
    head = "| " + " | ".join(text.ljust(width) for text, width in zip(heads, wide, strict=True)) + " |"
    return "\n".join([head, "|" + "|".join("-" * (width + 2) for width in wide) + "|", *lines])
