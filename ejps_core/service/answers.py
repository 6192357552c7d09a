"""How the API answers: a value or a finding of a use case, a page with its cursor, a request that is done once."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse

from ejps_core.app.given_answers import Answer, once
from ejps_core.app.pages import Page
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.service.guard import Asking
from ejps_core.service.problems import RefusedError, refusal

T = TypeVar("T")
KEY = "idempotency-key"
LONGEST_KEY = 200


def or_refused(found: T | Diagnostic) -> T:
    """What a use case gave; refused with its finding if it gave one."""
    if isinstance(found, Diagnostic):
        raise RefusedError(found)
    return found


def cursor_of(place: int | None) -> str | None:
    """The place of the next page, as callers hand it back; None: this is the last."""
    return None if place is None else base64.urlsafe_b64encode(f"after:{place}".encode()).decode().rstrip("=")


def place_of(cursor: str | None) -> int:
    """The place that a cursor stands for; refused if it is none of ours."""
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    kind, _, number = text.partition(":")
    if kind != "after" or not number.isdecimal() or len(number) > 15:
        raise refusal("cursor", Words("Kursor ini tidak dikenal.", "This cursor is not known."))
    return int(number)


def paged(page: Page[Any]) -> dict[str, Any]:
    """A page as plain values."""
    return {"items": plain(page.items), "next": cursor_of(page.next), "total": page.total}


def plain(value: object) -> object:
    """The value as JSON has it: names of fields are promises, words stand in both languages."""
    if isinstance(value, Words):
        return {"id": value.id, "en": value.en}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Page):
        return paged(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [plain(each) for each in value]
    return value


def plain_record(value: object) -> dict[str, Any]:
    """A value with fields or names, as JSON has it."""
    found = plain(value)
    assert isinstance(found, dict)
    return found


def done_once(request: Request, who: Asking, asked: object, do: Callable[[], Answer]) -> JSONResponse:
    """Does it; with an Idempotency-Key only once, however often it is asked for. asked: the request, to be compared."""
    key = request.headers.get(KEY, "")
    if not key:
        status, content = do()
    elif len(key) > LONGEST_KEY:
        raise refusal("idempotency-key", Words("Idempotency-Key terlalu panjang.", "The Idempotency-Key is too long."))
    else:
        told = f"{request.method} {request.url.path} {json.dumps(asked, sort_keys=True, default=str)}"
        status, content = once(who.service.store.seen_by(who.scope), who.scope, key, told, who.at, do)
    return JSONResponse(plain(content), status)
