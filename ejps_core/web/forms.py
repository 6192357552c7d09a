"""Fields of forms as text: trimmed, no longer than they may be."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile

from ejps_core.model.words import Words
from ejps_core.service.problems import refusal

Model = TypeVar("Model", bound=BaseModel)


def text_of(form: FormData, name: str, most: int = 500) -> str:
    """A field's text; '' if it was not sent."""
    value = form.get(name)
    return value.strip()[:most] if isinstance(value, str) and name != "password" else str(value or "")[:most]


def texts_of(form: FormData, name: str, most: int = 100) -> tuple[str, ...]:
    """The texts of a field that may be sent several times."""
    return tuple(value for value in form.getlist(name)[:most] if isinstance(value, str))


def date_of(form: FormData, name: str) -> date | None:
    """A day; None: it was left blank. Refused if it is none."""
    text = text_of(form, name, 20)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise refusal(
            "bad-date",
            Words(f"“{text}” bukan tanggal.", f"“{text}” is no date."),
            Words("Tulis tahun-bulan-tanggal.", "Write year-month-day."),
        ) from problem


def day_of(form: FormData, name: str) -> date:
    """A day that must be there."""
    found = date_of(form, name)
    if found is None:
        raise refusal("date-missing", Words("Tanggalnya belum diisi.", "The day is not filled in."))
    return found


def number_of(form: FormData, name: str) -> int | None:
    """A whole number; None: it was left blank. Refused if it is none."""
    text = text_of(form, name, 30).replace(".", "").removeprefix("Rp").strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 15:
        raise refusal("bad-number", Words("Tulis bilangan tanpa koma.", "Write a whole number."))
    return int(text)


def filled(kind: type[Model], /, **values: object) -> Model:
    """A request as the API takes it, from the fields of a form; refused with the fields that can't be so."""
    try:
        return kind.model_validate(values)
    except ValidationError as problem:
        where = ", ".join(dict.fromkeys(str(each["loc"][0]) if each["loc"] else "?" for each in problem.errors()))
        raise refusal(
            "bad-field",
            Words(f"Isian ini tidak dapat dipakai: {where}.", f"These fields can't be used: {where}."),
            Words("Periksa lalu kirim lagi.", "Look at them and send it again."),
        ) from problem


async def perhaps_file(form: FormData, name: str) -> tuple[str, bytes] | None:
    """A file's name and content; None: none was chosen."""
    found = form.get(name)
    return (found.filename, await found.read()) if isinstance(found, UploadFile) and found.filename else None


async def file_of(form: FormData, name: str) -> tuple[str, bytes]:
    """A file's name and content; refused if none was chosen."""
    found = form.get(name)
    if not isinstance(found, UploadFile) or not found.filename:
        raise refusal("file-missing", Words("Belum ada berkas yang dipilih.", "No file was chosen."))
    return found.filename, await found.read()
