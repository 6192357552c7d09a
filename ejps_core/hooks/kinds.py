"""What may be declared through each hook, what it is known by, and what can be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ejps_core.model.declared import Connector, Identity, Lint, Reader, Register, RegisterColumn, ReportWriter
from ejps_core.model.paper import Document, Takes
from ejps_core.model.program import Program
from ejps_core.model.words import Words, same

SUFFIX = re.compile(r"\.[a-z0-9]+")
LINT = REPORT = CONNECTOR = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REGISTER = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a hook gives. names: what one of them claims for itself; fault: why one can't be used."""

    hook: str
    type: type
    title: Words
    names: Callable[[Any], tuple[str, ...]]
    fault: Callable[[Any], Words | None]


def _program(program: Program) -> Words | None:
    if program.rules.is_file():
        return None
    return Words(f"berkas aturan tidak ada: {program.rules}", f"no such rule file: {program.rules}")


def _reader(reader: Reader) -> Words | None:
    return (
        _malformed("Reader.suffixes", reader.suffixes, SUFFIX)
        or _unless(_tuple_of(reader.starts, bytes), "Reader.starts", reader.starts)
        or _unless(callable(reader.open), "Reader.open", reader.open)
    )


def _writer(writer: ReportWriter) -> Words | None:
    known = _malformed("ReportWriter.suffix", (writer.suffix,), SUFFIX)
    return known or _unless(callable(writer.write), "ReportWriter.write", writer.write)


def _lint(lint: Lint) -> Words | None:
    page: object = lint.page
    if not isinstance(page, Path) or not page.is_file():
        return Words(f"halaman lint tidak ada: {page}", f"no such page of a lint: {page}")
    return _malformed("Lint.name", (lint.name,), LINT) or _unless(callable(lint.check), "Lint.check", lint.check)


def _register(register: Register) -> Words | None:
    opens: object = register.open
    return (
        _malformed("Register.name", (register.name,), REGISTER)
        or _unless(opens is None or callable(opens), "Register.open", opens)
        or _unless(isinstance(register.key, Identity), "Register.key", register.key)
        or _unless(_tuple_of(register.columns, RegisterColumn), "Register.columns", register.columns)
        or _unless(_tuple_of(register.needed, str), "Register.needed", register.needed)
    )


def _report(report: Document) -> Words | None:
    templates: object = report.templates
    return (
        _malformed("Document.name", (report.name,), REPORT)
        or _unless(isinstance(report.title, Words), "Document.title", report.title)
        or _unless(callable(report.build), "Document.build", report.build)
        or _unless(
            templates is None or (isinstance(templates, Path) and templates.is_dir()), "Document.templates", templates
        )
        or _unless(isinstance(report.takes, Takes), "Document.takes", report.takes)
        or _unless(_tuple_of(report.facts, str), "Document.facts", report.facts)
    )


def _connector(connector: Connector) -> Words | None:
    known = _malformed("Connector.name", (connector.name,), CONNECTOR)
    return known or _unless(callable(connector.open), "Connector.open", connector.open)


def _tuple_of(value: object, kind: type) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, kind) for item in value)


def _malformed(what: str, names: object, form: re.Pattern[str]) -> Words | None:
    """Why these are no names of that form."""
    fine = isinstance(names, tuple) and names and all(isinstance(name, str) and form.fullmatch(name) for name in names)
    return _unless(bool(fine), what, names)


def _unless(fine: bool, what: str, value: object) -> Words | None:
    if fine:
        return None
    short = f"{what} = {value!r}"[:80]
    return Words(f"tidak dapat dipakai: {short}", f"can't be used: {short}")


KINDS = (
    Kind("ejps_programs", Program, same("program"), lambda each: (each.id,), _program),
    Kind("ejps_readers", Reader, Words("pembaca berkas", "reader of"), lambda each: each.suffixes, _reader),
    Kind(
        "ejps_report_writers",
        ReportWriter,
        Words("penulis laporan", "report writer of"),
        lambda each: (each.suffix,),
        _writer,
    ),
    Kind("ejps_lints", Lint, same("lint"), lambda each: (each.name,), _lint),
    Kind("ejps_registers", Register, same("register"), lambda each: (each.name,), _register),
    Kind("ejps_reports", Document, Words("laporan", "report"), lambda each: (each.name,), _report),
    Kind("ejps_connectors", Connector, Words("konektor", "connector"), lambda each: (each.name,), _connector),
)


def fault(kind: Kind, answers: Iterable[object]) -> Words | None:
    """The first thing that is wrong with what a hook gave."""
    for each in answers:
        if not isinstance(each, kind.type):
            name, short = kind.type.__name__, repr(each)[:60]
            return Words(
                f"{kind.hook} harus mengembalikan daftar {name}, bukan {short}",
                f"{kind.hook} must return a list of {name}, not {short}",
            )
        if found := kind.fault(each):
            return found
    return None
