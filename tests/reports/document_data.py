"""Data for every report, made up; the same each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ejps_core.app

POSITION = Path(ejps_core.app.__file__).with_name("positions") / "jps_food_aid-2020-10-16.json"
PROGRAM = {"id": "JPS Bantuan Langsung Pangan Daerah", "en": "social safety net food aid"}
HEAD: dict[str, Any] = {"program": PROGRAM, "year": 2020, "at": "2020-10-16T08:00:00+08:00"}
FIRST = ("Moh. Yusuf", "Siti Aminah", "Abdul Rahman", "Hasna", "Ibrahim", "Rosmin Sitti Hadijah", "Djafar", "St. Maryam")
LAST = ("Pakaya", "Lihawa", "Monoarfa", "Katili", "Botutihe", "Podungge", "Polontalo", "Datau", "Olii")
WORK = ("Pengemudi bentor", "Nelayan", "Buruh tani", "Pedagang kaki lima", "Mengurus rumah tangga")
VILLAGES = (
    ("75.04.05.2001", "Bunuyo", "Paguat", "Kabupaten Pohuwato"),
    ("75.04.05.2002", "Soginti", "Paguat", "Kabupaten Pohuwato"),
)
PRICE = {"province": 106_890, "district": 71_260}


def family(number: int, village: tuple[str, str, str, str] = VILLAGES[0]) -> dict[str, Any]:
    """A made-up family; every 17th has no NIK yet."""
    serial = 9000 + number % 1000
    region, name, subdistrict, district = village
    return {
        "name": f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}",
        "nik": "" if number % 17 == 3 else f"75040541{1 + number % 12:02}85{serial}",
        "kk": f"750405{1 + number % 28:02}0112{serial}",
        "sex": "P" if number % 2 else "L",
        "birth": f"1985-{1 + number % 12:02}-01",
        "address": f"Dusun {('Huntulohulawa', 'Tengah', 'Pantai')[number % 3]}",
        "rt": f"{number % 4:03}",
        "rw": f"{number % 3:03}",
        "region": region,
        "village": name,
        "subdistrict": subdistrict,
        "district": district,
        "work": WORK[number % len(WORK)],
        "members": 1 + number % 7,
        "dtks": number % 3 != 0,
        "other_aid": "",
        "amount": 178_150,
        "received": "2020-08-10" if number % 5 else None,
        "taker": "" if number % 4 else "istri",
    }


def listing(families: int = 45, villages: int = 1) -> dict[str, Any]:
    """A list of phase II."""
    return {
        **HEAD,
        "phase": 2,
        "decree": "123/16/IV/2020 tanggal 28 April 2020",
        "decree_title": "Penetapan Penerima Bantuan Langsung Pangan Daerah",
        "aid": "Paket pangan",
        "families": [family(n, VILLAGES[n % villages]) for n in range(families)],
    }


def handover() -> dict[str, Any]:
    """The handover of 41 packages."""
    return {
        "number": "460/BAST/VIII/2020",
        "at": "2020-08-10T09:00:00+08:00",
        "place": "Kantor Desa Bunuyo, Kecamatan Paguat",
        "program": PROGRAM,
        "phase": 2,
        "basis": "Keputusan Bupati Nomor 123/16/IV/2020 tanggal 28 April 2020 dan Kontrak Nomor 027/SP/VII/2020",
        "first": {"name": "Ramli Datau", "id": "01.234.567.8-822.000", "id_kind": "NPWP"}
        | {"office": "Direktur CV Contoh Pangan", "address": "Jalan Trans Sulawesi, Marisa"},
        "second": {"name": "Usman Lihawa", "id": "7504051203709002", "id_kind": "NIK"}
        | {"office": "Kepala Desa Bunuyo", "address": "Desa Bunuyo, Kecamatan Paguat"},
        "items": [
            {"name": "Beras medium, kemasan 10 kg", "volume": 41, "unit": "kemasan", "price": 115_000},
            {"name": "Minyak goreng, 2 liter", "volume": 41, "unit": "botol", "price": 28_150},
            {"name": "Gula pasir, 1 kg", "volume": 41, "unit": "bungkus", "price": 15_000},
            {"name": "Telur ayam, 10 butir", "volume": 41, "unit": "paket", "price": 20_000},
        ],
        "families": 41,
        "witnesses": [
            {"name": "Hasna Katili", "office": "TKSK Kecamatan Paguat"},
            {"name": "Ibrahim Olii", "office": "Bhabinkamtibmas"},
        ],
    }


def letter(verdict: str = "ineligible") -> dict[str, Any]:
    """A letter to a family that is not eligible."""
    return {
        "number": "460/1.234/Dinsos/2020",
        "at": "2020-10-16T10:00:00+08:00",
        "name": "Moh. Yusuf Pakaya",
        "kk": "7504050101129001",
        "address": "Dusun Tengah RT 001 RW 002",
        "region": "Desa Bunuyo, Kecamatan Paguat, Kabupaten Pohuwato",
        "program": PROGRAM,
        "phase": 3,
        "as_of": "2020-10-16",
        "verdict": verdict,
        "amount": 178_150,
        "reasons": [
            {
                "words": "keluarga sudah menerima PKH",
                "legal": "Peraturan Bupati Gorontalo 17/2020",
                "seen": "daftar penerima PKH triwulan III 2020, Kementerian Sosial",
            }
        ]
        if verdict == "ineligible"
        else [],
        "needs": ["status pekerjaan anggota keluarga"] if verdict == "undetermined" else [],
        "contact": "Dinas Sosial Kabupaten Pohuwato, Jalan Trans Sulawesi, Marisa",
        "office": "Kepala Dinas Sosial Kabupaten Pohuwato",
    }


def receipts(families: int = 30, programs: tuple[str, ...] = ("jps",)) -> list[dict[str, Any]]:
    """Receipts of phases I to III."""
    return [
        {"program": program, "phase": phase, "family": f"75040501011{29000 + n}", "region": VILLAGES[n % 2][0]}
        | {"money": PRICE}
        for program in programs
        for phase in (1, 2, 3)
        for n in range(families)
    ]


def targeting(families: int = 30) -> dict[str, Any]:
    """Most on target; one died, one can't be judged, two were missed."""
    judged = [
        {"program": "jps", "phase": each["phase"], "family": each["family"], "region": each["region"]}
        | {"then": ("eligible", "ineligible", "undetermined")[min(n % families, 2)] if n % families < 3 else "eligible"}
        | {"latest": "ineligible" if n % families == 5 else None}
        for n, each in enumerate(receipts(families))
    ]
    missed = [
        {
            "program": "jps",
            "phase": 3,
            "family": f"7504050101129{n}",
            "region": VILLAGES[1][0],
            "then": "eligible",
            "name": name,
        }
        for n, name in ((901, "Hasna Datau"), (902, "Djafar Olii"))
    ]
    names = {code: name for code, name, *_ in VILLAGES} | {"75.04": "Kabupaten Pohuwato", "jps": "JPS pangan"}
    return {**HEAD, "names": names, "receipts": receipts(families), "judgements": [*judged, *missed]}


def decided(families: int = 60) -> dict[str, Any]:
    """Decided families of two villages."""
    verdicts = ("eligible", "eligible", "ineligible", "undetermined")
    reasons = (["Penerima PKH"], ["ASN, TNI atau Polri dalam keluarga", "Penerima PKH"], ["Penerima BST"])
    rows = [
        {"region": VILLAGES[n % 2][0], "verdict": verdicts[n % 4], "reasons": reasons[n % 3] if n % 4 == 2 else []}
        | ({"selected": True, "amount": PRICE} if n % 4 < 2 else {})
        for n in range(families)
    ]
    return {**HEAD, "phase": 3, "places": {code: names for code, *names in VILLAGES}, "families": rows}


def overlapping() -> dict[str, Any]:
    """Three programs; PKH and Sembako may go together."""
    both = [each for each in receipts(4, ("pkh", "sembako")) if each["phase"] == 1]
    also = [each for each in receipts(2, ("jps",)) if each["phase"] == 1]
    titles = {"pkh": "PKH", "sembako": "Program Sembako", "jps": "JPS pangan"}
    return {**HEAD, "programs": titles, "allowed": [["sembako", "pkh"]], "receipts": [*both, *also]}


def progress() -> dict[str, Any]:
    """BLP3G 2021, as published."""
    days = (("2021-08-19", 18_005), ("2021-08-26", 24_618), ("2021-09-01", 28_321), ("2021-09-04", 35_128))
    head = {**HEAD, "year": 2021, "at": "2021-09-04T16:00:00+08:00", "program": {"id": "BLP3G", "en": "BLP3G"}}
    return {**head, "target": 90_000, "points": [{"on": on, "reached": reached} for on, reached in days]}


def sampling(families: int = 200) -> dict[str, Any]:
    """A frame of recipients and others in two villages."""
    frame = [
        {"family": f"7504050101129{n:03}", "stratum": VILLAGES[n % 2][0], "paid": n % 3 != 0}
        | {"name": family(n)["name"], "where": f"{family(n)['address']} RT {family(n)['rt']}"}
        for n in range(families)
    ]
    return {
        **HEAD,
        "size": 24,
        "least": 4,
        "seed": "uji-petik-2020-10",
        "frame": frame,
        "names": {c: v for c, v, *_ in VILLAGES},
    }


def results() -> dict[str, Any]:
    """What the check found."""
    rows = (
        ("75.04.05.2001", True, 800, 36, 4, 0),
        ("75.04.05.2002", True, 200, 17, 2, 1),
        ("75.04.05.2001", False, 500, 12, 28, 0),
    )
    keys = ("stratum", "paid", "size", "entitled", "not_entitled", "unjudged")
    names = {code: name for code, name, *_ in VILLAGES}
    return {**HEAD, "names": names, "strata": [dict(zip(keys, row, strict=True)) for row in rows]}


def traced() -> dict[str, Any]:
    """An inspector's sample: one who received as decreed, one who is on no decree."""
    people = [
        {
            "no": 1,
            "name": "Moh. Yusuf Pakaya",
            "family": "7504050101129001",
            "listed": "daftar 1 versi 2: Paguat.xlsx, Desa Bunuyo, baris 12",
            "verdict": "eligible",
            "run": "run 4",
            "decree": "188.4/12/2020, 28 April 2020 (penerima)",
            "orders": "SP2D 0123/LS/2020, 3 Agustus 2020",
            "received": "10 Agustus 2020, BA 7/2020",
            "amount": 178_150,
            "found": "memenuhi syarat",
        },
        {
            "no": 2,
            "name": "Siti Aminah Lihawa",
            "family": "7504050201129002",
            "listed": "daftar 1 versi 2: Paguat.xlsx, Desa Bunuyo, baris 13",
            "verdict": "ineligible",
            "run": "run 4",
            "reasons": ["Penerima PKH"],
            "received": "10 Agustus 2020, BA 7/2020",
            "amount": 178_150,
        },
    ]
    return {**HEAD, "phase": 2, "seed": "undian 4 2 6", "orders_from": "buku 2020", "people": people}


def every_document() -> dict[str, dict[str, Any]]:
    """Data for each report, by its name."""
    return {
        "realisasi": json.loads(POSITION.read_text(encoding="utf-8")),
        "sasaran": targeting(),
        "belum-menerima": targeting(),
        "bnba": listing(),
        "lampiran-sk": listing(),
        "tanda-terima": listing(),
        "pengumuman": listing(),
        "bast": handover(),
        "surat": letter(),
        "rekap-desa": decided(),
        "penolakan": decided(),
        "tumpang-tindih": overlapping(),
        "kemajuan": progress(),
        "uji-petik": sampling(),
        "jejak-uji-petik": traced(),
        "hasil-uji-petik": results(),
    }
