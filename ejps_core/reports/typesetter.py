"""The child process that sets documents, so that a runaway template or list takes only this process down.

Run as a script, by its path, with a folder to work in; of the project it loads only what puts rows into a PDF. Each line
of JSON on the standard input is an order:
    {"files": {NAME: TEXT, …}, "tags": whether the PDF is tagged, "stamp": seconds since 1970 or null, "ask": SELECTOR,
     "rows": what is to be put in (`filling.Rows`), or null}
The main file is main.typ. A tagged PDF is a PDF/UA-1 where it can be. It answers one line of JSON on the standard output,
    {"size": bytes of the PDF that follows, "answer": what the document says at SELECTOR, "warnings": [text, …],
     "filled": false where rows could not be put in}
    or {"error": text}
and then the PDF. Nothing is fetched: fonts are those within the library, no package is there to import.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # loaded when the first order comes, under the limits
    import typst

MEMORY = 3 * 2**30
ACCESSIBLE: Final = "ua-1"
"""PDF/UA: tags, a title, a language, words for pictures, and no sign without a shape."""
PROCESSOR_SECONDS = 600
"""For all orders of one process; whoever orders also limits the time of each."""


def limit() -> None:
    """Limits memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", PROCESSOR_SECONDS), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _compiled(compiler: typst.Compiler, order: dict[str, Any]) -> tuple[bytes, list[str]]:
    """The PDF and what the typesetter says of it.

    What only fails the standard, such as a sign that the font lacks, is said and does not keep a document from the office.
    """
    how: dict[str, Any] = {"format": "pdf", "timestamp": order["stamp"], "pdf_tags": order["tags"]}
    failed = []
    if order["tags"]:
        try:
            pdf, warnings = compiler.compile_with_warnings(**how, pdf_standards=ACCESSIBLE)
            return _whole(pdf), [str(each) for each in warnings]
        except RuntimeError as problem:
            failed = [str(problem)]
    pdf, warnings = compiler.compile_with_warnings(**how)
    return _whole(pdf), failed + [str(each) for each in warnings]


def _whole(pdf: bytes | list[bytes] | None) -> bytes:
    """A document is one file; the typesetter makes several of images only."""
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """Those within the library, looked through once."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def made(order: dict[str, Any], folder: str) -> tuple[dict[str, Any], bytes]:
    """The answer and the PDF. folder: the only one that typst reads; it then holds the order's files and no others."""
    import typst

    _laid(order["files"], Path(folder))
    compiler = typst.Compiler(
        Path(folder, "main.typ"),
        root=folder,
        font_paths=_fonts(),
        package_path=folder,
        package_cache_path=folder,
    )
    pdf, warnings = _compiled(compiler, order)
    answer = json.loads(compiler.query(order["ask"], field="value", one=True))
    complete = None if order["rows"] is None else _filled(pdf, order["rows"], answer["starts"])
    told = {"answer": answer, "warnings": warnings, "filled": order["rows"] is None or complete is not None}
    pdf = complete or pdf
    return {"size": len(pdf), **told}, pdf


_LAID: dict[str, str] = {}
"""What the files of this process hold: templates are written once."""


def _laid(files: dict[str, str], folder: Path) -> None:
    """Writes the files, and removes those of the order before."""
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
            _LAID.pop(path.name, None)
    for name, text in files.items():
        if _LAID.get(name) != text:
            (folder / name).write_text(text, encoding="utf-8")
            _LAID[name] = text


def _filled(pdf: bytes, rows: dict[str, Any], starts: list[int]) -> bytes | None:
    """The PDF with its rows; None where it is built in another way than is known."""
    if "ejps_core" not in sys.modules:
        # The package without its front door: what that loads is not needed here.
        package = ModuleType("ejps_core")
        package.__path__ = [str(Path(__file__).parents[1])]
        sys.modules["ejps_core"] = package
    from ejps_core.reports.filling import Rows, filled
    from ejps_core.reports.pdf_file import UnknownFormError

    try:
        return filled(pdf, Rows(**rows), starts)
    except UnknownFormError:
        return None


def main() -> None:
    """Reads orders until there are no more; sets each and answers."""
    limit()
    for line in sys.stdin.buffer:
        try:
            answer, pdf = made(json.loads(line), sys.argv[1])
        except (RuntimeError, MemoryError) as problem:
            answer, pdf = {"error": str(problem) or type(problem).__name__}, b""
        sys.stdout.buffer.write(json.dumps(answer).encode("utf-8") + b"\n" + pdf)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
