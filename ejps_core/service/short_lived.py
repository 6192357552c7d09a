"""Files that use cases read or write by path: in a folder of our own, in memory where the system can, gone afterwards."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi.responses import Response

from ejps_core.app.papers.asked import Source
from ejps_core.app.papers.stored_report import report_stored
from ejps_core.app.report import Asked
from ejps_core.app.report_files import Form
from ejps_core.model.diagnostic import Severity
from ejps_core.model.words import Language, Words
from ejps_core.service.guard import Asking
from ejps_core.service.problems import RefusedError, refusal

MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Made:
    """A file that leaves: its name and content."""

    name: str
    content: bytes

    def response(self) -> Response:
        """The answer that a browser saves."""
        media = MEDIA[self.name.rpartition(".")[2]]
        return Response(
            self.content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{self.name}"'}
        )


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="ejps-", dir=memory) as made:
        yield Path(made)


@contextmanager
def handed(name: str, content: bytes) -> Iterator[Path]:
    """A file that was sent, as a path; its name without folders."""
    with folder() as place:
        path = place / (Path(name.replace("\\", "/")).name[-LONGEST:] or "berkas")
        path.write_bytes(content)
        yield path


@contextmanager
def perhaps_handed(sent: tuple[str, bytes] | None) -> Iterator[Path | None]:
    """The same where a file need not be sent."""
    if sent is None:
        yield None
    else:
        with handed(*sent) as path:
            yield path


def report_of(who: Asking, name: str, source: Source, form: Form, why: str, language: Language) -> Made:
    """A report from the store as one file; several parts come packed. Reading and export are on record before it leaves."""
    if len(why.strip()) < 3:
        raise refusal("purpose-missing", Words("Sebutkan untuk apa.", "Say what for."))
    with folder() as place:
        out = place / f"{name}.{form}"
        done = report_stored(
            who.options, who.actor(why), source, Asked(name, None, form, out, None, language), who.service.plugins
        )
        if not done.files:
            raise RefusedError(next(each for each in done.findings if each.severity is Severity.ERROR))
        if len(done.files) == 1:
            return Made(done.files[0].name, done.files[0].read_bytes())
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in done.files:
                archive.writestr(path.name, path.read_bytes())
        return Made(f"{name}.zip", packed.getvalue())
