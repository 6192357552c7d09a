"""Papers as PDF, set by typst in a child process with limits on memory and time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import Any

from ejps_core.model.paper import Column, Paper, Show, Table
from ejps_core.model.words import Language
from ejps_core.reports.fitting import BREAK_HERE
from ejps_core.reports.office import Office
from ejps_core.reports.pages import is_sheet, rows_apart, sheet
from ejps_core.reports.table_text import TOTAL, cell_text, total_text
from ejps_core.reports.words_in_cells import breakable, together

WAIT_SECONDS = 120.0
"""For one paper."""
CHILDREN, AHEAD = 2, 6
"""Processes at once, and papers that are set before somebody takes them."""
MOST_PAPERS = 300
"""Of one process, so that what it keeps from one to the next can't grow without end."""
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where the typesetter's files are, if the system has it: what they say of people then touches no disk."""
TEMPLATES = Path(__file__).with_name("documents")
SHARED = "ejps.typ"
_SCRIPT = Path(__file__).with_name("typesetter.py")


class TypesettingError(Exception):
    """A paper could not be set: it took too long or too much memory, or its template is wrong."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document as set. pages: how many. overflow: texts that do not fit their column. warnings: of the typesetter.

    filled: whether its rows were put in after setting.
    """

    data: bytes
    pages: int
    overflow: tuple[str, ...]
    warnings: tuple[str, ...]
    filled: bool = False


class Typesetter:
    """The child process; used in a `with` statement. After a paper that failed, or many papers, it is another one."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._set = 0

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._set = 0

    def _started(self) -> subprocess.Popen[bytes]:
        if self._set >= MOST_PAPERS:
            self._end()
        if self._child is None:
            pipe = subprocess.PIPE
            self._folder = TemporaryDirectory(dir=IN_MEMORY)
            command = [sys.executable, "-I", "-X", "utf8", str(_SCRIPT), self._folder.name]
            # Two of them share the processors: threads of one would only wait for those of the other.
            alone = {**os.environ, "RAYON_NUM_THREADS": "1"}
            self._child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=alone)
        self._set += 1
        return self._child

    def set(self, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The child's answer and the PDF. TypesettingError, if there is none."""
        child = self._started()
        assert child.stdin is not None and child.stdout is not None
        alarm = Timer(WAIT_SECONDS, child.kill)
        started = monotonic()
        alarm.start()
        try:
            child.stdin.write(json.dumps(order).encode("utf-8") + b"\n")
            child.stdin.flush()
            line = child.stdout.readline()
            answer: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
            data = child.stdout.read(answer.get("size", 0))
        except OSError:
            answer, data = {}, b""
        finally:
            alarm.cancel()
        if "answer" in answer and len(data) == answer["size"]:
            return answer, data
        self._end()
        late = monotonic() - started >= WAIT_SECONDS
        raise TypesettingError(answer.get("error", f"> {WAIT_SECONDS:.0f} s" if late else "memori (memory)"))


def pdf(paper: Paper, office: Office, language: Language = Language.ID, templates: Path = TEMPLATES) -> Pdf:
    """The paper as PDF. The same paper gives the same bytes: the file's time is the paper's `stamp`."""
    with Typesetter() as typesetter:
        return _pdf(typesetter, paper, office, language, templates)


def pdfs(
    papers: Sequence[Paper], office: Office, language: Language = Language.ID, templates: Path = TEMPLATES
) -> Iterator[Pdf]:
    """The papers as PDFs in their order, two at a time, a few ahead of whoever takes them."""
    with ExitStack() as stack:
        free: SimpleQueue[Typesetter] = SimpleQueue()
        for _ in range(min(CHILDREN, len(papers))):
            free.put(stack.enter_context(Typesetter()))
        pool = stack.enter_context(ThreadPoolExecutor(CHILDREN))

        def made(paper: Paper) -> Pdf:
            typesetter = free.get()
            try:
                return _pdf(typesetter, paper, office, language, templates)
            finally:
                free.put(typesetter)

        waiting = deque(pool.submit(made, paper) for paper in papers[:AHEAD])
        for following in range(AHEAD, len(papers) + AHEAD):
            if not waiting:
                return
            yield waiting.popleft().result()
            if following < len(papers):
                waiting.append(pool.submit(made, papers[following]))


def _pdf(typesetter: Typesetter, paper: Paper, office: Office, language: Language, templates: Path) -> Pdf:
    content = payload(paper, office, language)
    whole, rows = content, None
    if content["sheet"] is not None:
        apart, rows = rows_apart(content["sheet"])
        content = {**content, "sheet": apart}
    files = {
        "main.typ": (templates / paper.template).read_text(encoding="utf-8"),
        SHARED: (TEMPLATES / SHARED).read_text(encoding="utf-8"),
        "data.json": json.dumps(content, ensure_ascii=False),
        **{f"{chart.name}.svg": chart.svg for chart in paper.charts},
    }
    if office.emblem:
        files["emblem.svg"] = office.emblem
    stamp = None if paper.stamp is None else int(paper.stamp.timestamp())
    order = {"files": files, "tags": paper.tagged or rows is not None, "stamp": stamp, "ask": "<set>", "rows": rows}
    answer, data = typesetter.set(order)
    if not answer["filled"]:
        # Another release of the typesetter may build its PDF otherwise: then it sets the rows too, which takes longer.
        files["data.json"] = json.dumps({**whole, "sheet": {**whole["sheet"], "filled": False}}, ensure_ascii=False)
        rows = None
        answer, data = typesetter.set({**order, "tags": paper.tagged, "rows": None})
    told = answer["answer"]
    return Pdf(data, told["pages"], tuple(told["overflow"]), tuple(answer["warnings"]), rows is not None)


def payload(paper: Paper, office: Office, language: Language) -> dict[str, Any]:
    """What the template reads: every figure already text."""
    return {
        "office": office.as_record(),
        "title": paper.title.say(language),
        "lines": [line.say(language) for line in paper.lines],
        "sheet": sheet(paper, language) if is_sheet(paper) else None,
        "tables": [] if is_sheet(paper) else [_table(table, language) for table in paper.tables],
        "notes": [note.say(language) for note in paper.notes],
        "facts": paper.facts,
        "charts": [{"file": f"{chart.name}.svg", "told": chart.told.say(language)} for chart in paper.charts],
        "emblem": bool(office.emblem),
    }


def _table(table: Table, language: Language) -> dict[str, Any]:
    places = range(len(table.columns))
    rows = [[_cell(table, row, place, language) for place in places] for row in range(len(table.rows))]
    total = None
    if table.total is not None:
        total = [total_text(table, place, language) for place in places]
        total[0] = total[0] or TOTAL.say(language)
    span = next((place for place in places if total and place and total[place]), 1)
    every = [*rows, [""] * span + total[span:]] if total else rows
    return {
        "name": table.name,
        "title": table.title.say(language),
        "columns": [_column(column, [row[place] for row in every], language) for place, column in enumerate(table.columns)],
        "rows": rows,
        "total": total,
        "span": span,
        "marked": bool(table.marked),
    }


def _cell(table: Table, row: int, place: int, language: Language) -> str:
    text = cell_text(table, row, place, language)
    return breakable(together(text)) if table.columns[place].show is Show.TEXT else text


def _column(column: Column, cells: list[str], language: Language) -> dict[str, Any]:
    words = {word for cell in cells for word in re.split(f"[ {BREAK_HERE}]", cell)}
    return {
        "title": column.title.say(language),
        "show": column.show,
        "width": column.width,
        "longest": max(words, key=len, default=""),
    }
