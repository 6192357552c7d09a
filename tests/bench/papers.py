"""All reports of 84,181 recipients in three phases: seconds and memory of each, and together.

usage: python -m tests.bench.papers [FAMILIES]

Nominal lists are set as PDF, a part a village, of one phase; the others from all three phases, as PDF and workbook.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from ejps_core.model.paper import Paper
from ejps_core.model.words import Language
from ejps_core.reports.catalogue import document
from ejps_core.reports.office import PROVINCE
from ejps_core.reports.table_book import as_workbook
from ejps_core.reports.typesetting import pdfs
from tests.reports import document_data
from tests.reports.document_data import HEAD, PRICE, family

FAMILIES, VILLAGE = 84_181, 115
PROMISED_SECONDS, PROMISED_BYTES = 60, 1.5 * 2**30


def village(number: int) -> tuple[str, str, str, str]:
    """The village of a family; 115 families each, 20 villages a sub-district."""
    place = number // VILLAGE
    district, rest = 1 + place // 200, place % 200
    return (
        f"75.0{district}.{1 + rest // 20:02}.{2001 + rest % 20}",
        f"Desa {place}",
        f"Kecamatan {rest // 20}",
        "Kabupaten",
    )


def listing(families: int) -> dict[str, Any]:
    """All recipients of phase II."""
    return {**document_data.listing(0), "families": [family(n, village(n)) for n in range(families)]}


def decided(families: int) -> dict[str, Any]:
    """Half as many again were decided as receive."""
    rows = [
        {"region": village(n % families)[0], "verdict": "eligible", "selected": True, "amount": PRICE}
        if n < families
        else {"region": village(n % families)[0], "verdict": "ineligible", "reasons": ["Penerima PKH"]}
        for n in range(families * 3 // 2)
    ]
    return {**HEAD, "phase": 3, "families": rows}


def targeting(families: int) -> dict[str, Any]:
    """Receipts of three phases, each judged on both bases."""
    every = [
        {"program": "jps", "phase": phase, "family": f"{n:016}", "region": village(n)[0]}
        for phase in (1, 2, 3)
        for n in range(families)
    ]
    receipts = [{**each, "money": PRICE} for each in every]
    judgements = [
        {**each, "then": "eligible", "latest": "ineligible" if n % 50 == 0 else None} for n, each in enumerate(every)
    ]
    return {**HEAD, "receipts": receipts, "judgements": judgements}


DATA: dict[str, Callable[[int], dict[str, Any]]] = {
    "realisasi": lambda families: document_data.every_document()["realisasi"],
    "rekap-desa": decided,
    "penolakan": decided,
    "sasaran": targeting,
    "belum-menerima": targeting,
    "tumpang-tindih": lambda families: {**HEAD, "receipts": targeting(families)["receipts"]},
    "bnba": listing,
    "lampiran-sk": listing,
    "tanda-terima": listing,
    "pengumuman": listing,
}
NOMINAL = ("bnba", "lampiran-sk", "tanda-terima", "pengumuman")


def set_all(papers: tuple[Paper, ...]) -> int:
    """Sets the papers; how many pages."""
    return sum(each.pages for each in pdfs(papers, PROVINCE))


def main() -> None:
    """Prints each report's seconds, and what was promised."""
    families = int(sys.argv[1]) if len(sys.argv) > 1 else FAMILIES
    whole = {"nominal": 0.0, "other": 0.0}
    for name, make in DATA.items():
        data, found = make(families), document(name)
        assert found is not None
        started = time.perf_counter()
        papers = found.build(data)
        built = time.perf_counter()
        pages = set_all(papers)
        done = time.perf_counter()
        book = 0 if name in NOMINAL else len(as_workbook(papers, Language.ID))
        last = time.perf_counter()
        whole["nominal" if name in NOMINAL else "other"] += last - started
        sizes = f"{len(papers)} parts, {pages} pages"
        spent = (built - started, done - built, last - done)
        print(f"{name:<16} build {spent[0]:6.2f} s  PDF {spent[1]:6.2f} s ({sizes})  XLSX {spent[2]:5.2f} s ({book} B)")
    print(f"promised {PROMISED_SECONDS} s: nominal lists {whole['nominal']:.1f} s, all others {whole['other']:.1f} s")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"children: processor {children.ru_utime + children.ru_stime:.1f} s, largest {children.ru_maxrss / 1024:.0f} MiB")
    most = own + 2 * children.ru_maxrss * 1024
    print(f"promised {PROMISED_BYTES / 2**20:.0f} MiB: at most {most / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
