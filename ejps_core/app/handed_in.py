"""Papers and pictures that are handed in: read once, sealed into the store."""

from __future__ import annotations

from pathlib import Path

from ejps_core.model.decreed import DocumentKind
from ejps_core.model.words import Words
from ejps_core.store.documents import Sealed, seal_document
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import Decree

LARGEST = 50 << 20
"""Bytes of one paper: a scan of many pages is smaller."""


def handed_in(store: Store, kind: DocumentKind, path: Path | None, decree: Decree) -> Sealed | None:
    """A paper sealed for a decree's matter; None: there is none."""
    return None if path is None else sealed_paper(store, kind, path, f"{decree.district} {decree.program}")


def sealed_paper(store: Store, kind: DocumentKind, path: Path, about: str) -> Sealed:
    """A paper sealed; StoreError if it can't be read, is empty or too large."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise StoreError(
            "paper-unreadable",
            Words(f"Berkas {path} tidak dapat dibaca ({why}).", f"The file {path} can't be read ({why})."),
        ) from problem
    if not content:
        raise StoreError(
            "paper-unusable",
            Words(f"Berkas {path} kosong atau lebih dari 50 MiB.", f"The file {path} is empty or larger than 50 MiB."),
            Words("Pindai lagi dengan resolusi yang lebih kecil.", "Scan it again at a lower resolution."),
        )
    return seal_document(store, kind, path.name, content, about)
