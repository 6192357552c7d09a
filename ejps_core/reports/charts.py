"""Charts as SVG, made here: plain shapes and text, readable in black and white, nothing loaded."""

from __future__ import annotations

from html import escape

from ejps_core.aid.checks import share
from ejps_core.aid.entries import Step
from ejps_core.aid.position import Position
from ejps_core.model.paper import Chart
from ejps_core.model.wording import number
from ejps_core.model.words import Words

WIDTH, ROW, TOP, LABEL, VALUE = 720, 22, 24, 150, 70
INK, EMPTY, EDGE = "#1f3a4d", "#ffffff", "#6f7f89"
FONT = "Libertinus Serif, Georgia, serif"


def bars(found: Position) -> Chart:
    """A bar a district: what of its ceiling has been transferred."""
    rows = []
    for code, name in found.districts:
        ceiling = found.of(Step.CEILING, district=code).total
        part = share(found.of(Step.TRANSFER, district=code).total, ceiling) if ceiling else None
        rows.append((name, part))
    told = "; ".join(f"{name} {_percent(part)}" for name, part in rows)
    words = Words(f"Diagram batang, ditransfer dari pagu: {told}.", f"Bar chart, transferred of the ceiling: {told}.")
    return Chart("ditransfer", bar_chart("Ditransfer dari pagu (persen)", rows), words)


def _percent(part: int | None) -> str:
    return "–" if part is None else number(part, 2).id


def bar_chart(title: str, rows: list[tuple[str, int | None]]) -> str:
    """Horizontal bars of 0..100 percent (in hundredths); None: there is no whole. More than 100 stops at the edge."""
    room = WIDTH - LABEL - VALUE
    parts = [_text(0, 14, title, weight="bold")]
    for place, (name, part) in enumerate(rows):
        y = TOP + place * ROW
        filled = room * min(part or 0, 10_000) // 10_000
        parts.append(_text(0, y + 14, name))
        parts.append(_bar(LABEL, y + 3, room, EMPTY))
        if filled > 0:
            parts.append(_bar(LABEL, y + 3, filled, INK))
        parts.append(_text(WIDTH, y + 14, _percent(part), anchor="end"))
    height = TOP + len(rows) * ROW
    box = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">{"".join(parts)}</svg>'


def _text(x: int, y: int, text: str, anchor: str = "start", weight: str = "normal") -> str:
    looks = f'font-family="{FONT}" font-size="13" font-weight="{weight}" text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" {looks} fill="#1b1b1b">{escape(text)}</text>'


def _bar(x: int, y: int, width: int, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="14" fill="{fill}" stroke="{EDGE}" stroke-width="0.8"/>'
