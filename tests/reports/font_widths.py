"""Writes documents/widths.json: how wide each sign of the documents' font is, in thousandths of its size, as typst says.

usage: python -m tests.reports.font_widths
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import typst

from ejps_core.reports.fitting import WIDTHS

SIGNS = [chr(code) for first, last in ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2023)) for code in range(first, last)]
SIGNS += list("•…‰€₫−×≤≥·")
UNSURE = 1_000
"""The width that is taken for any other sign: that of a wide letter."""


def measured() -> dict[str, dict[str, int]]:
    """The widths by weight; signs that the font lacks are left out."""
    page = """
    #let signs = json("signs.json")
    #set text(font: "Libertinus Serif", size: 1000pt, number-width: "tabular", number-type: "lining")
    #set text(kerning: false, ligatures: false, features: ("calt": 0), fallback: false)
    #context [#metadata(("regular", "bold").map(weight => signs.map(
      sign => measure(text(weight: weight, "x" + sign + "x")).width.pt() - measure(text(weight: weight, "xx")).width.pt()
    ))) <widths>]"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "signs.json").write_text(json.dumps(SIGNS), encoding="utf-8")
        Path(folder, "main.typ").write_text(page, encoding="utf-8")
        compiler = typst.Compiler(Path(folder, "main.typ"), root=folder, ignore_system_fonts=True)
        found = json.loads(compiler.query("<widths>", field="value", one=True))
    return {
        weight: {sign: round(width) for sign, width in zip(SIGNS, widths, strict=True)}
        for weight, widths in zip(("regular", "bold"), found, strict=True)
    }


if __name__ == "__main__":
    WIDTHS.write_text(json.dumps(measured(), ensure_ascii=False) + "\n", encoding="utf-8")
