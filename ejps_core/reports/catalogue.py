"""The reports that can be asked for by name. What builds one is loaded when it is asked for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

from ejps_core.model.paper import Document, Paper, Takes
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


def _document(takes: Takes, name: str, made_by: str, indonesian: str, english: str) -> Document:
    module, _, function = made_by.partition(".")
    return Document(name, Words(indonesian, english), _later(module, function), takes=takes)


DOCUMENTS: tuple[Document, ...] = (
    _document(Takes.LEDGER, "realisasi", "realization.realization", "realisasi per tahap dan kabupaten/kota", "realisation"),
    _document(Takes.TARGETING, "sasaran", "targeting_report.on_target", "ketepatan sasaran", "targeting"),
    _document(
        Takes.UNREACHED, "belum-menerima", "targeting_report.unreached", "memenuhi syarat, tidak menerima", "unreached"
    ),
    _document(Takes.LIST, "bnba", "nominal.bnba", "penerima by name by address", "recipients by name and address"),
    _document(Takes.LIST, "lampiran-sk", "nominal.annex", "lampiran keputusan penetapan", "annex of the decree"),
    _document(Takes.LIST, "tanda-terima", "nominal.receipts", "daftar tanda terima", "receipts to be signed"),
    _document(Takes.LIST, "pengumuman", "nominal.announcement", "pengumuman desa, NIK disamarkan", "village announcement"),
    _document(Takes.HANDOVER, "bast", "handover.handover", "berita acara serah terima", "minutes of handover"),
    _document(Takes.LETTER, "surat", "family_letter.letter", "surat kepada keluarga", "letter to a family"),
    _document(Takes.DECIDED, "rekap-desa", "recaps.by_village", "rekapitulasi per desa/kelurahan", "recap by village"),
    _document(Takes.DECIDED, "penolakan", "recaps.rejections", "rekapitulasi penolakan menurut alasan", "rejections"),
    _document(Takes.RECEIPTS, "tumpang-tindih", "recaps.overlapping", "tumpang tindih antarprogram", "overlaps"),
    _document(Takes.PROGRESS, "kemajuan", "recaps.progress", "kemajuan penyaluran", "progress of delivery"),
    _document(Takes.FRAME, "uji-petik", "ground_check.sampling", "sampel dan formulir uji petik", "sample and its form"),
    _document(Takes.CHECKED, "hasil-uji-petik", "ground_check.results", "hasil uji petik", "results of the ground check"),
    _document(Takes.TRACE, "jejak-uji-petik", "trace_report.trace", "penelusuran uji petik", "inspector's sample, traced"),
)


def document(name: str) -> Document | None:
    """The core's report of that name."""
    return next((each for each in DOCUMENTS if each.name == name), None)
