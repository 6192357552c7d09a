"""Tables: declared with constants, looked up by the first row that fits; versions by date."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check import scales
from ejps_core.dsl.check.columns import Column, column, wrong_cell
from ejps_core.dsl.check.facts import free
from ejps_core.dsl.check.fitting import chosen, lacking, of_all, open_ended
from ejps_core.dsl.check.grids import Grid
from ejps_core.dsl.check.names import known
from ejps_core.dsl.check.types import declared
from ejps_core.dsl.check.versions import no_source, plain_value, versioned
from ejps_core.dsl.check.wording import meant
from ejps_core.dsl.check.world import At, World
from ejps_core.dsl.syntax import Token
from ejps_core.model.diagnostic import Fix
from ejps_core.model.expr import Dated, Expr, Literal
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Parameter, ParameterRow
from ejps_core.model.types import Code, Date, Number, Region, Type
from ejps_core.model.words import Words


def read_table(world: World, node: syntax.Table) -> None:
    """Declares a table; nothing is declared of a wrong one."""
    kind = declared(world, node.type)
    if not free(world, node.name):
        return
    grid = None
    if kind is not None and _valued(world, node.type, kind) and _keyed(world, node):
        grid = _grid(world, node, kind)
    if grid is None:
        world.lost.add(node.name.text)
    else:
        world.tables[grid.name] = grid


def _valued(world: World, node: syntax.Syntax, kind: Type) -> bool:
    if not isinstance(kind, Region | Code) and not (isinstance(kind, Date) and kind.birth):
        return True
    words = Words(
        "isi tabel adalah angka, uang, ya/tidak, tanggal, atau pilihan",
        "the values of a table are numbers, money, yes/no, dates or choices",
    )
    world.findings.error("parameter-type", node.span, words)
    return False


def _keyed(world: World, node: syntax.Table) -> bool:
    """Whether the date, if it is a key, is the second one."""
    if node.keys[0].type != "DATE_KEY":
        return True
    words = Words("tanggal hanya dapat menjadi kunci kedua", "the date can only be the second key")
    mend = Words(
        "nilai yang hanya berubah menurut tanggal adalah `parameter`",
        "a value that only changes with the date is a `parameter`",
    )
    world.findings.error("table-date", world.span(node.keys[0]), words, mend=mend)
    return False


def _grid(world: World, node: syntax.Table, kind: Type) -> Grid | None:
    count, rows = len(node.keys), list(node.rows)
    head: tuple[syntax.Cell, ...] = ()
    if count == 2:
        if not _is_head(rows[0], node.keys[0]):
            _no_head(world, node)
            return None
        head = rows.pop(0).cells[1:]
    width = 1 + max(1, len(head))
    if not rows or sum(_wide(world, row, width) for row in rows) < len(rows):
        if not rows:
            words = Words("tabel ini belum punya baris", "this table has no rows yet")
            world.findings.error("table-empty", node.rows[0].span, words)
        return None
    values = [_values(world, row, kind) for row in rows]
    dated = node.keys[-1].type == "DATE_KEY"
    if not (_dates(world, node, head) if dated else _undated(world, node)):
        return None
    good = tuple(row for row in values if row is not None)
    if len(good) < len(values):
        return None
    keys = tuple(row.cells[0] for row in rows)
    return Grid(node.name.text, kind, count, dated, keys, head, good, world.span(node.name))


def _is_head(row: syntax.GridRow, key: Token) -> bool:
    """Whether the first cell is the name of the first key."""
    first = row.cells[0]
    return (
        isinstance(first, syntax.ListCell)
        and len(first.items) == 1
        and isinstance(first.items[0], syntax.Name)
        and first.items[0].token.text == key.text
    )


def _no_head(world: World, node: syntax.Table) -> None:
    key, second = node.keys[0].text, node.keys[1].text
    shown = "2020-01-01 | 2021-01-01" if node.keys[1].type == "DATE_KEY" else "… | …"
    words = Words(
        f"tabel dengan dua kunci dimulai dengan baris kepala: `{key}`, lalu nilai-nilai `{second}`",
        f"a table with two keys begins with a head: `{key}`, then the values of `{second}`",
    )
    head = f"`| {key} | {shown} |`"
    world.findings.error("table-head", node.rows[0].span, words, mend=Words(f"tulis {head}", f"write {head}"))


def _wide(world: World, row: syntax.GridRow, width: int) -> bool:
    if len(row.cells) == width:
        return True
    words = Words(
        f"baris ini punya {len(row.cells)} sel; tabelnya {width}",
        f"this row has {len(row.cells)} cells; the table has {width}",
    )
    world.findings.error("row-width", row.span, words)
    return False


def _values(world: World, row: syntax.GridRow, kind: Type) -> tuple[Literal, ...] | None:
    found = []
    for cell in row.cells[1:]:
        if isinstance(cell, syntax.ListCell) and len(cell.items) == 1:
            found.append(plain_value(world, cell.items[0], kind))
        else:
            wrong_cell(At(world, Level.FAMILY), cell, Words("satu nilai", "one value"))
            found.append(None)
    good = tuple(value for value in found if value is not None)
    return good if len(good) == len(found) else None


def _undated(world: World, node: syntax.Table) -> bool:
    """Whether it has a source, which is kept as that of its only version."""
    if node.source is None:
        no_source(world, world.span(node.name), Words("tabel ini", "this table"))
        return False
    first = world.header.first
    only = ParameterRow(first, first, 0, world.text(node.source) or "", world.span(node.name))
    name = node.name.text
    world.versions[name] = Parameter(name, world.titled(node.title, name), Number(0, 0, 0), (only,), world.span(node.name))
    return True


def _dates(world: World, node: syntax.Table, head: tuple[syntax.Cell, ...]) -> bool:
    """Whether each column is a version with its day."""
    dates: list[tuple[Token, Token | None, Token | None]] = []
    for cell in head:
        if isinstance(cell, syntax.PublishedCell):
            dates.append((cell.since, cell.published, node.source))
        elif (
            isinstance(cell, syntax.ListCell)
            and len(cell.items) == 1
            and isinstance(cell.items[0], syntax.Constant)
            and cell.items[0].token.type == "DATE"
        ):
            dates.append((cell.items[0].token, None, node.source))
        else:
            wrong_cell(At(world, Level.FAMILY), cell, Words("tanggal berlakunya", "the day from which it holds"))
            return False
    return versioned(world, node.name, node.title, dates)


# ---- where they are used


def call(at: At, node: syntax.Call) -> Expr | None:
    """name(arguments): a table or a scale."""
    world, name = at.world, node.name.text
    world.used.add(name)
    if name in world.scales:
        return scales.climbed(at, node, world.scales[name])
    if name in world.tables:
        return _looked_up(at, node, world.tables[name])
    if name not in world.lost:
        _no_table(at, node)
    return None


def _no_table(at: At, node: syntax.Call) -> None:
    world, name = at.world, node.name.text
    span = world.span(node.name)
    close = meant(name, {*world.tables, *world.scales})
    if known(world, name):
        words = Words(f"`{name}` bukan tabel atau tarif", f"`{name}` is neither a table nor a scale")
    else:
        words = Words(f"tidak ada tabel atau tarif `{name}`", f"there is no table or scale `{name}`")
    mend = Words(
        "dengan `(…)` dipanggil `tabel`, `tarif`, `min`, `max`, `per_bulan`, `per_triwulan`, dan `per_tahun`",
        "with `(…)` are called `table`, `scale`, `min`, `max`, `per_month`, `per_quarter` and `per_year`",
    )
    if close:
        mend = Words(f"maksudnya `{close}`?", f"did you mean `{close}`?")
    world.findings.error("table-unknown", span, words, mend=mend, fix=Fix(span, close) if close else None)


def counted(at: At, node: syntax.Call, count: int) -> bool:
    """Whether there are as many arguments as keys; else says so."""
    given = len(node.arguments)
    if given == count:
        return True
    name = node.name.text
    at.error(
        "arguments",
        node,
        f"`{name}` punya {count} kunci; di sini ada {given} nilai",
        f"`{name}` has {count} {'key' if count == 1 else 'keys'}; here {'is' if given == 1 else 'are'} {given}",
    )
    return False


def _looked_up(at: At, node: syntax.Call, grid: Grid) -> Expr | None:
    read = [at.read(argument) for argument in node.arguments]
    if not counted(at, node, 1 if grid.dated else grid.count) or any(item is None for item in read):
        return None
    items = [item for item in read if item is not None]
    columns = [column(at, items[0], grid.keys)]
    if not grid.dated and grid.count == 2:
        columns.append(column(at, items[1], grid.head))
    good = [each for each in columns if each is not None]
    if len(good) < len(columns) or not all(_complete(at, node, grid, each) for each in good):
        return None
    versions = _versions(node, grid, good[0]) if grid.dated else (_cell_of(node, grid, good),)
    return Dated(type=of_all(grid.kind, versions), span=node.span, name=grid.name, versions=versions)


def _complete(at: At, node: syntax.Call, grid: Grid, key: Column) -> bool:
    """Whether the table has a row for everything that the argument may be; of regions that can't be known."""
    case = None if open_ended(key) else lacking(at, [key])
    if case is None:
        return True
    what = case[0]
    words = Words(f"tabel `{grid.name}` tidak memuat {what.id}", f"the table `{grid.name}` has nothing for {what.en}")
    mend = Words(
        "lengkapi tabelnya, atau tambahkan `-` bagi yang lainnya",
        "complete the table, or add `-` for all others",
    )
    why = (grid.span, Words("tabelnya di sini", "the table is here"))
    at.world.findings.error("table-gap", node.span, words, mend=mend, why=why)
    return False


def _versions(node: syntax.Call, grid: Grid, key: Column) -> tuple[Expr, ...]:
    """One look-up for each version."""
    spans = [cell.span for cell in grid.keys]
    versions = []
    for place in range(len(grid.head)):
        values = [row[place] for row in grid.values]
        versions.append(chosen([key], spans, values, of_all(grid.kind, values), node.span))
    return tuple(versions)


def _cell_of(node: syntax.Call, grid: Grid, columns: list[Column]) -> Expr:
    """By the first key, and in its row by the second."""
    spans = [cell.span for cell in grid.keys]
    if len(columns) == 1:
        values: list[Expr] = [row[0] for row in grid.values]
    else:
        heads = [cell.span for cell in grid.head]
        values = [chosen(columns[1:], heads, row, of_all(grid.kind, row), node.span) for row in grid.values]
    return chosen(columns[:1], spans, values, of_all(grid.kind, values), node.span)
