"""Decision tables: the value of the first row that fits, or of the only one; complete by proof."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.cases import one_type
from ejps_core.dsl.check.columns import Column, column, wrong_cell
from ejps_core.dsl.check.coverage import meeting, provable
from ejps_core.dsl.check.fitting import chosen, covers, lacking
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Expr
from ejps_core.model.span import Span
from ejps_core.model.words import Words


def decision(at: At, node: syntax.Decision) -> Expr | None:
    """The table as one value."""
    rows = [row for row in node.rows if isinstance(row, syntax.GridRow)]
    head, body = rows[0], rows[1:]
    items = _head(at, head)
    if items is None or not body or sum(_wide(at, row, len(head.cells)) for row in body) < len(body):
        if items is not None and not body:
            at.error("table-empty", head, "tabel ini belum punya baris", "this table has no rows yet")
        return None
    columns = [column(at, item, [row.cells[place] for row in body]) for place, item in enumerate(items)]
    values = [_result(at, row.cells[-1]) for row in body]
    good = [each for each in columns if each is not None]
    known = [value for value in values if value is not None]
    if len(good) < len(columns) or len(known) < len(values):
        return None
    kind = one_type(at, node, known)
    if kind is None or not (_alone(at, node, good, body) and _complete(at, node, good)):
        return None
    return chosen(good, [_keys(row) for row in body], known, kind, node.span)


def _head(at: At, head: syntax.GridRow) -> list[Expr] | None:
    """What is looked at in each column; the last one has the results."""
    *keys, last = head.cells
    if not isinstance(last, syntax.ResultCell) or not keys:
        words = Words(
            "kolom terakhir berkepala `=`: di bawahnya hasilnya", "the last column is headed `=`: the results stand below"
        )
        at.world.findings.error("decision-head", head.span, words, mend=Words("tulis `| umur | = |`", "write `| age | = |`"))
        return None
    items: list[Expr | None] = []
    for cell in keys:
        if isinstance(cell, syntax.ListCell) and len(cell.items) == 1:
            items.append(at.read(cell.items[0]))
        else:
            wrong_cell(at, cell, Words("nama yang dilihat di kolom ini", "the name of what this column looks at"))
            items.append(None)
    good = [item for item in items if item is not None]
    return good if len(good) == len(items) else None


def _wide(at: At, row: syntax.GridRow, width: int) -> bool:
    if len(row.cells) != width:
        count = len(row.cells)
        at.error(
            "row-width",
            row,
            f"baris ini punya {count} sel; tabelnya {width}",
            f"this row has {count} cells; the table has {width}",
        )
    return len(row.cells) == width


def _result(at: At, cell: syntax.Cell) -> Expr | None:
    if isinstance(cell, syntax.ListCell) and len(cell.items) == 1:
        return at.read(cell.items[0], choice=at.choice)
    wrong_cell(at, cell, Words("satu hasil", "one result"))
    return None


def _keys(row: syntax.GridRow) -> Span:
    return row.cells[0].span.to(row.cells[-2].span)


def _alone(at: At, node: syntax.Decision, columns: list[Column], body: list[syntax.GridRow]) -> bool:
    """Whether no two rows fit together, where only one may fit."""
    if node.policy.type != "SINGLE_FITS":
        return True
    found = meeting([each.whole for each in columns], covers(columns))
    if found is None:
        return True
    words = Words("dua baris bisa cocok sekaligus", "two rows may fit together")
    mend = Words(
        "persempit salah satunya, atau tulis `baris pertama yang cocok`",
        "narrow one of them, or write `first row that fits`",
    )
    why = (body[found[0]].span, Words("baris yang satu", "the one row"))
    at.world.findings.error("rows-overlap", body[found[1]].span, words, mend=mend, why=why)
    return False


def _complete(at: At, node: syntax.Decision, columns: list[Column]) -> bool:
    """Whether every case fits a row; a last row of nothing but `-` takes in the rest."""
    if all(each.fits[-1].test is None for each in columns):
        return True
    mend = Words(
        "tambahkan barisnya, atau baris terakhir dengan `-` di semua kolom",
        "add the row, or a last row with `-` in every column",
    )
    if not provable([each.whole for each in columns], covers(columns)):
        at.error(
            "decision-gap",
            node,
            "tabel ini terlalu besar untuk dibuktikan lengkap",
            "this table is too large to be proved complete",
            mend,
        )
        return False
    case = lacking(at, columns)
    if case is None:
        return True
    shown_id, shown_en = " | ".join(words.id for words in case), " | ".join(words.en for words in case)
    at.error("decision-gap", node, f"tidak ada baris untuk | {shown_id} |", f"there is no row for | {shown_en} |", mend)
    return False
