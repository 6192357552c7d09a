"""The child process that sets a document, so that a runaway template or list takes only this process down.

Run as a script, by its path; it imports nothing of the project. One line of JSON on the standard input:
    {"files": {NAME: TEXT, …}, "tags": whether the PDF is tagged, "stamp": seconds since 1970 or null, "ask": [SELECTOR, …]}
The main file is main.typ. It answers one line of JSON on the standard output,
    {"size": bytes of the PDF that follows, "answers": {SELECTOR: [value, …]}, "warnings": [text, …]}  or {"error": text}
and then the PDF. Nothing is fetched: fonts are those within the library, no package is there to import.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MEMORY = 3 * 2**30
PROCESSOR_SECONDS = 120


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


def made(order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer and the PDF."""
    import typst

    # In a folder of its own, beyond which typst reads nothing.
    with TemporaryDirectory() as folder:
        for name, text in order["files"].items():
            Path(folder, name).write_text(text, encoding="utf-8")
        compiler = typst.Compiler(
            Path(folder, "main.typ"),
            root=folder,
            ignore_system_fonts=True,
            package_path=folder,
            package_cache_path=folder,
        )
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_tags=order["tags"], timestamp=order["stamp"])
        answers = {each: json.loads(compiler.query(each, field="value")) for each in order["ask"]}
    assert isinstance(pdf, bytes)
    return {"size": len(pdf), "answers": answers, "warnings": [str(each) for each in warnings]}, pdf


def main() -> None:
    """Reads one order, sets it, answers."""
    limit()
    order = json.loads(sys.stdin.buffer.readline())
    try:
        answer, pdf = made(order)
    except (RuntimeError, MemoryError) as problem:
        answer, pdf = {"error": str(problem) or type(problem).__name__}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8") + b"\n" + pdf)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
