"""Files on their way in and out of a request: never on a disk in clear, gone with the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from ejps_core.app.made_files import Made
from ejps_core.app.memory_folder import folder
from ejps_core.app.papers.asked import Source
from ejps_core.app.papers.one_file import one_file
from ejps_core.app.report_files import Form
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.masking import mask_numbers
from ejps_core.model.words import Language, Words
from ejps_core.service.guard import Asking
from ejps_core.service.problems import RefusedError, refusal
from ejps_core.service.running import running

MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}
LONGEST = 100
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that leaves."""

    made: Made

    def response(self) -> Response:
        """The answer that a browser saves."""
        name = self.made.name
        if not PLAIN_NAME.fullmatch(name):
            raise ValueError("a file leaves under a name of our own")
        kept = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(self.made.content, media_type=MEDIA[name.rpartition(".")[2]], headers=kept)


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


def status_address(request: Request) -> str | None:
    """Where the holder of a letter's code learns where it stands; None: there are no public pages."""
    settings = running(request).settings
    if not settings.public:
        return None
    return f"{settings.public_url or f'{request.url.scheme}://{request.url.netloc}'}/publik/status"


def said_what_for(why: str) -> str:
    """What a reading is for, without numbers of identity; refused if that is not said."""
    if len(why.strip()) < 3:
        raise refusal("purpose-missing", Words("Sebutkan untuk apa.", "Say what for."))
    return mask_numbers(why.strip())


def report_of(who: Asking, name: str, source: Source, form: Form, why: str, language: Language) -> Leaving:
    """A small report from the store as one file; long ones are jobs. Reading and export are on record before it leaves."""
    actor = who.actor(said_what_for(why))
    made = one_file(who.options, actor, source, (name, form, language), who.service.plugins)
    if isinstance(made, Diagnostic):
        raise RefusedError(made)
    return Leaving(made)
