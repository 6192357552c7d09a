"""The reports that can be asked for by name. What builds one is loaded when it is asked for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

from ejps_core.model.paper import Document, Paper
from ejps_core.model.words import Words

Build = Callable[[Mapping[str, Any]], tuple[Paper, ...]]


def _later(module: str, function: str) -> Build:
    def build(data: Mapping[str, Any]) -> tuple[Paper, ...]:
        with _no_search_for_cycles():
            return cast(Build, getattr(import_module(f"ejps_core.reports.{module}"), function))(data)

    return build


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Python's search for cycles is put off: a million rows have none, and looking takes two thirds of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _document(name: str, module: str, function: str, indonesian: str, english: str) -> Document:
    return Document(name, Words(indonesian, english), _later(module, function))


DOCUMENTS: tuple[Document, ...] = (
    _document("realisasi", "realization", "realization", "realisasi per tahap dan kabupaten/kota", "realisation"),
    _document("sasaran", "targeting_report", "on_target", "ketepatan sasaran", "targeting"),
    _document("belum-menerima", "targeting_report", "unreached", "memenuhi syarat tetapi tidak menerima", "unreached"),
    _document("bnba", "nominal", "bnba", "daftar penerima by name by address", "recipients by name and address"),
    _document("lampiran-sk", "nominal", "annex", "lampiran keputusan penetapan", "annex of the decree"),
    _document("tanda-terima", "nominal", "receipts", "daftar tanda terima", "receipts to be signed"),
    _document("pengumuman", "nominal", "announcement", "pengumuman desa, NIK disamarkan", "village announcement, masked"),
    _document("bast", "handover", "handover", "berita acara serah terima", "minutes of handover"),
    _document("surat", "family_letter", "letter", "surat kepada keluarga", "letter to a family"),
    _document("pemberitahuan", "breach_letter", "letter", "pemberitahuan pelanggaran data pribadi", "notice of a breach"),
    _document("rekap-desa", "recaps", "by_village", "rekapitulasi per desa/kelurahan", "recap by village"),
    _document("penolakan", "recaps", "rejections", "rekapitulasi penolakan menurut alasan", "recap of rejections"),
    _document("tumpang-tindih", "recaps", "overlapping", "tumpang tindih antarprogram", "overlaps between programs"),
    _document("kemajuan", "recaps", "progress", "kemajuan penyaluran", "progress of delivery"),
    _document("uji-petik", "ground_check", "sampling", "sampel dan formulir uji petik", "sample and verification form"),
    _document("hasil-uji-petik", "ground_check", "results", "hasil uji petik", "results of the ground check"),
)


def document(name: str, further: tuple[Document, ...] = ()) -> Document | None:
    """The report of that name, of the core's or of further ones (a plugin's); the core's can't be replaced."""
    return next((each for each in (*DOCUMENTS, *further) if each.name == name), None)
