"""Lists sent: 10,000 rows by the pages, from the file to verdicts on the screen; twenty of 5,000 at once by the API."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from time import perf_counter
from typing import Any

import xlsxwriter

from tests.bench import lists as bench_lists
from tests.load.bounds import Measured
from tests.load.people import Person
from tests.load.served import Served
from tests.load.wire import Answer, Line

ONE_ROWS, ONE_SECONDS = 10_000, 10.0
MANY_LISTS, MANY_ROWS = 20, 5_000
ASKED_EVERY, LONGEST = 0.25, 600.0
HEADS = 2
PROOF = re.compile(r'name="csrf" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
SELECT = re.compile(r'<select name="([^"]+)".*?</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
PROGRAM, ON = "jps_food_aid", "2020-10-16"


def workbook(start: int, count: int, district: str) -> bytes:
    """A district's list as a workbook; other people than in a list with another start."""
    made = io.BytesIO()
    prefix = district.replace(".", "")
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        for place, row in enumerate(islice(bench_lists.rows(start + count), HEADS)):
            sheet.write_row(place, 0, row)
        for place, row in enumerate(islice(bench_lists.rows(start + count), HEADS + start, None), HEADS):
            sheet.write_row(place, 0, [prefix + each[4:] if each.startswith("7504") else each for each in row])
    return made.getvalue()


async def one_by_pages(served: Served, person: Person) -> list[Measured]:
    """As somebody at a screen: choose the file, confirm the columns, see the rows' verdicts; decide, see the decisions."""
    district = person.district or ""
    content = workbook(120_000, ONE_ROWS, district)
    async with Line(served.host, served.port, person.as_browser) as line:
        form = await line.get("/unggahan/baru")
        began = perf_counter()
        fields = {"csrf": _proof(form), "district": district, "title": "Uji beban"}
        sent = await line.post_file("/unggahan/baru", fields, "daftar-besar.xlsx", content)
        mapping, path = await _followed(line, sent)
        chosen = _form_of(mapping)
        rows, at_list = await _followed(line, await line.post_form(path.partition("?")[0], chosen))
        told = perf_counter() - began
        number = at_list.partition("?")[0].rpartition("/")[2]
        asked = [("csrf", _proof(rows)), ("program", PROGRAM), ("on", ON)]
        began_deciding = perf_counter()
        decisions, where = await _followed(line, await line.post_form(f"/daftar/{number}/nilai", asked))
        decided = perf_counter() - began_deciding
        whole = await line.get(where)
    if not where.startswith("/putusan/") or decisions.status != 200 or whole.status != 200:
        raise RuntimeError(f"the list was not decided: {where}")
    return [
        Measured(f"{ONE_ROWS:,} rows to the verdict of each row on the screen", told, "s"),
        Measured(f"{ONE_ROWS:,} rows decided, to the decisions on the screen", decided, "s"),
        Measured(f"{ONE_ROWS:,} rows, both together", told + decided, "s", ONE_SECONDS),
    ]


async def _followed(line: Line, answer: Answer) -> tuple[Answer, str]:
    """The page that an answer leads to, once the work under way is done; and its path."""
    path, until = "", perf_counter() + LONGEST
    while perf_counter() < until:
        if answer.status == 303:
            path = answer.headers["location"]
            answer = await line.get(path)
        elif 'data-events="' in answer.text:
            await asyncio.sleep(ASKED_EVERY)
            answer = await line.get(path)
        elif answer.status == 200 and not path.startswith("/pekerjaan/"):
            return answer, path
        else:
            raise RuntimeError(f"{answer.status} at {path}: {re.sub('<[^>]+>', ' ', answer.text)[-500:]}")
    raise RuntimeError(f"not done within {LONGEST:g} s: {path}")


def _proof(answer: Answer) -> str:
    found = PROOF.search(answer.text)
    if found is None:
        raise RuntimeError("a page without a form")
    return found[1]


def _form_of(answer: Answer) -> list[tuple[str, str]]:
    """The form of the columns as it stands: hidden fields, and what is chosen in each list."""
    text = answer.text.partition("<form method")[2]
    text = answer.text if "header:" not in text else text
    fields = [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(text) if name in ("csrf", "job")]
    fields = list(dict(fields).items())
    for row in text.split("<tr>"):
        header = next((unescape(value) for name, value in HIDDEN.findall(row) if name.startswith("header:")), None)
        select = SELECT.search(row)
        if header is not None and select is not None:
            chosen = CHOSEN.search(select[0])
            fields += [(select[1].replace("field", "header"), header), (select[1], "" if chosen is None else chosen[1])]
    return fields


@dataclass(frozen=True, slots=True)
class Sent:
    """A list that went all the way. rows: as the service counts those on record."""

    number: int
    rows: int
    seconds: float


async def many_at_once(served: Served, people: Sequence[Person]) -> list[Measured]:
    """Everybody sends a list in the same moment and asks until it is on record and decided."""
    contents = [workbook(place * MANY_ROWS, MANY_ROWS, each.district or "") for place, each in enumerate(people)]
    began = perf_counter()
    found = await asyncio.gather(*(_sent(served, each, content) for each, content in zip(people, contents, strict=True)))
    whole = perf_counter() - began
    kept = len({each.number for each in found if each.rows == MANY_ROWS})
    return [
        Measured(f"lists of {MANY_ROWS:,} rows sent at once, whole on record and decided", kept, "", least=len(people)),
        Measured("until the last of them was decided", whole, "s"),
        Measured("until the first of them was decided", min(each.seconds for each in found), "s"),
    ]


async def _sent(served: Served, person: Person, content: bytes) -> Sent:
    began = perf_counter()
    async with Line(served.host, served.port, person.as_program) as line:
        name = f"daftar-{person.name}.xlsx"
        sent = _right(await line.ask("POST", f"/api/v1/uploads?name={name}", content, "application/octet-stream"))
        read = await _done(line, sent["job"])
        asked = {"upload": sent["upload"], "mappings": read["proposed"]}
        recorded = await _done(line, _right(await line.post_json("/api/v1/lists", asked))["job"])
        number = recorded["list"]
        run = {"programs": [PROGRAM], "on": ON, "no_awards": True}
        await _done(line, _right(await line.post_json(f"/api/v1/lists/{number}/runs", run))["job"])
        rows = _right(await line.get(f"/api/v1/lists/{number}/rows?limit=1"))["total"]
    return Sent(number, int(rows), perf_counter() - began)


async def _done(line: Line, job: str) -> dict[str, Any]:
    """The result of a job, once it has ended."""
    until = perf_counter() + LONGEST
    while perf_counter() < until:
        told = _right(await line.get(f"/api/v1/jobs/{job}"))
        if told["state"] == "done":
            result: dict[str, Any] = told["result"]
            return result
        if told["state"] == "failed":
            raise RuntimeError(f"a job failed: {told['problem']}")
        await asyncio.sleep(ASKED_EVERY * 4)
    raise RuntimeError(f"a job did not end within {LONGEST:g} s")


def _right(answer: Answer) -> dict[str, Any]:
    if answer.status >= 400:
        raise RuntimeError(f"{answer.status}: {answer.text[:300]}")
    record: dict[str, Any] = answer.record
    return record
