"""Tables as CSV, JSON and HTML, all from the same values as the document."""

from __future__ import annotations

import csv
import json
from html import escape
from io import StringIO
from typing import Any

from ejps_core.model.paper import Paper, Show, Table
from ejps_core.model.words import Language
from ejps_core.reports.table_text import ASSUMED, MARK, cell_text, plain, total_text
from ejps_core.reports.text_files import harmless

RIGHT = (Show.NUMBER, Show.MONEY, Show.PERCENT)


def as_csv(table: Table, language: Language) -> bytes:
    """One line a row, no total; UTF-8 with BOM, CRLF, texts in quotes, numbers without. Money whole, percent in hundredths.

    A table with assumed figures has a last column that names the columns assumed in a row.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    shown = [place for place, column in enumerate(table.columns) if column.show is not Show.SIGN]
    titles = [table.columns[place].name for place in shown]
    writer.writerow(titles + [ASSUMED.say(language)] * bool(table.marked))
    for number, row in enumerate(table.rows):
        cells = [harmless(plain(row[place])) for place in shown]
        assumed = [table.columns[place].name for place in shown if (number, place) in table.marked]
        writer.writerow(cells + [" ".join(assumed)] * bool(table.marked))
    return text.getvalue().encode("utf-8-sig")


def as_json(papers: tuple[Paper, ...], language: Language) -> bytes:
    """{"name", "title", "lines", "tables": [{"name", "columns", "rows", "total", "assumed"}], "notes"}, a part a paper."""
    records = [_record(paper, language) for paper in papers]
    found: Any = records[0] if len(records) == 1 else records
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _record(paper: Paper, language: Language) -> dict[str, Any]:
    return {
        "name": paper.name,
        "part": paper.part,
        "title": paper.title.say(language),
        "lines": [line.say(language) for line in paper.lines],
        "tables": [_table_record(table, language) for table in paper.tables],
        "notes": [note.say(language) for note in paper.notes],
        "facts": paper.facts,
    }


def _table_record(table: Table, language: Language) -> dict[str, Any]:
    columns = [(place, column) for place, column in enumerate(table.columns) if column.show is not Show.SIGN]
    return {
        "name": table.name,
        "title": table.title.say(language),
        "columns": [{"name": c.name, "title": c.title.say(language), "show": c.show} for _, c in columns],
        "rows": [{c.name: plain(row[place]) for place, c in columns} for row in table.rows],
        "total": None if table.total is None else {c.name: plain(table.total[place]) for place, c in columns},
        "assumed": [[row, table.columns[place].name] for row, place in sorted(table.marked)],
    }


STYLE = """
body{font:15px/1.45 "Libertinus Serif",Georgia,serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1.6rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid #9aa7b0;padding:.25rem .5rem;vertical-align:top;text-align:left}
thead th{background:#e6eef3}tfoot td{font-weight:bold;background:#f3f6f8}.n{text-align:right;white-space:nowrap}
@media print{thead{display:table-header-group}body{margin:0}}
"""


def as_html(papers: tuple[Paper, ...], language: Language) -> bytes:
    """A page that stands alone: no script, nothing loaded from elsewhere; every text is escaped."""
    title = escape(papers[0].title.say(language))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = "".join(_article(paper, language) for paper in papers)
    page = f'<!doctype html><html lang="{language}"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>\n'
    return page.encode("utf-8")


def _article(paper: Paper, language: Language) -> str:
    lines = "".join(f"<p>{escape(line.say(language))}</p>" for line in paper.lines)
    charts = "".join(f'<figure aria-label="{escape(c.told.say(language))}">{c.svg}</figure>' for c in paper.charts)
    tables = "".join(_table(table, language) for table in paper.tables)
    notes = "".join(f"<li>{escape(note.say(language))}</li>" for note in paper.notes)
    rest = f"<ul>{notes}</ul>" if notes else ""
    foot = f"<footer>{escape(paper.facts['footer'])}</footer>" if "footer" in paper.facts else ""
    whole = f"{lines}{_figures(paper)}{tables}{charts}{rest}{foot}"
    return f"<article><h1>{escape(paper.title.say(language))}</h1>{whole}</article>"


def _figures(paper: Paper) -> str:
    """The figures that are read aloud, if the paper has such."""
    figures = [{name: escape(text) for name, text in each.items()} for each in paper.facts.get("figures", ())]
    told = (f"{each['label']}: <b>{each['value']}</b> ({each['exact']})" for each in figures)
    found = "<br>".join(told)
    return f"<p>{found}</p>" if found else ""


def _table(table: Table, language: Language) -> str:
    heads = "".join(f'<th scope="col">{escape(column.title.say(language))}</th>' for column in table.columns)
    rows = "".join(
        "<tr>" + "".join(_cell(table, row, place, language) for place in range(len(table.columns))) + "</tr>"
        for row in range(len(table.rows))
    )
    foot = ""
    if table.total is not None:
        cells = (_td(total_text(table, place, language), table, place) for place in range(len(table.columns)))
        foot = f"<tfoot><tr>{''.join(cells)}</tr></tfoot>"
    note = f" ({MARK} {ASSUMED.say(language)})" if table.marked else ""
    caption = f"<caption>{escape(table.title.say(language))}{note}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>{foot}</table>"


def _cell(table: Table, row: int, place: int, language: Language) -> str:
    return _td(cell_text(table, row, place, language), table, place)


def _td(text: str, table: Table, place: int) -> str:
    looks = ' class="n"' if table.columns[place].show in RIGHT else ""
    return f"<td{looks}>{escape(text)}</td>"
