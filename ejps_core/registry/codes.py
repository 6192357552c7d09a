"""Cells that identify: NIK, family card numbers, other codes, and regions. Never through a number."""

from __future__ import annotations

import re

from ejps_core.model.diagnostic import Severity
from ejps_core.model.listing import Kind
from ejps_core.model.words import Words
from ejps_core.registry.marks import APOSTROPHES, joined_up, says_nothing, unmarked
from ejps_core.registry.nik import Fault, Read, is_scientific, read_family_card, read_nik, region_known, repaired
from ejps_core.registry.problems import Problem, Reading, apart, remark, unknown
from ejps_core.registry.regions import Doubt, read_place_name, read_region

LARGEST_EXACT = 2**53
"""Whole numbers below this are told apart by a spreadsheet's number cell."""
LONG = 16
_LOST = re.compile(r"\d+(?:[.,]\d+)?[eE]\+\d+|\d[.,]\d+[eE]\d+", re.ASCII)

MISSING_NIK = remark(
    "nik-missing",
    "NIK kosong: keluarga atau orang ini tetap diputuskan, NIK menyusul.",
    "No NIK: this family or person is decided all the same, the NIK is to follow.",
    "Lengkapi NIK sebelum bantuan dibayarkan.",
    "Fill in the NIK before the aid is paid.",
)
MISSING_CARD = remark(
    "family-card-missing",
    "Nomor KK kosong; dianggap belum diketahui.",
    "No family card number; taken as unknown.",
    "Lengkapi nomor KK.",
    "Fill in the family card number.",
)
NUMBER_CELL = remark(
    "number-cell",
    "Nomor tersimpan sebagai angka: angka terakhirnya tidak dapat dipercaya (lembar kerja menyimpan 15 angka).",
    "Stored as a number: its last digit can't be trusted (a spreadsheet keeps 15 digits).",
    "Cocokkan dengan KTP atau KK, ubah format kolom menjadi Teks, lalu ketik ulang nomornya.",
    "Compare with the card itself, format the column as Text, then type the number again.",
)
NUMBER_COLUMN = remark(
    "number-column",
    "Semua nomor yang tersimpan sebagai angka di kolom ini berakhiran 0: angka ke-16 sudah hilang.",
    "All numbers stored as numbers in this column end in 0: their 16th digits are lost.",
    "Minta daftar asal dengan kolom ini berformat Teks; angka terakhir tidak dapat dipulihkan dari daftar ini.",
    "Ask for the original list with this column as Text; the last digits can't be restored from this one.",
)


def read_code(text: str, kind: Kind) -> Reading:
    """The text of a trimmed, non-empty cell that identifies; unknown where a spreadsheet has lost digits."""
    if kind is Kind.NUMBER:
        if not text.isdigit() or int(text) >= LARGEST_EXACT:
            return _lost(text) if _LOST.fullmatch(text) or text.isdigit() else (text, ())
        return text, (NUMBER_CELL,) if len(text) >= LONG else ()
    return _lost(text) if _LOST.fullmatch(text) else (text, ())


def read_key(text: str, kind: Kind) -> Reading:
    """The code in a trimmed, non-empty cell that joins lists: without spaces; sixteen digits without marks between them."""
    code, problems = read_code(text, kind)
    if code is None:
        return code, problems
    short, bare = joined_up(str(code)), unmarked(str(code))
    if not (len(bare) == LONG and bare.isascii() and bare.isdigit()):
        bare = short.lstrip(APOSTROPHES)
    if bare == short or not bare:
        return bare or None, problems
    return bare, (
        *problems,
        remark(
            "key-repaired",
            f"Kunci “{text}” dibaca sebagai {bare}.",
            f"The key “{text}” is read as {bare}.",
            "Cocokkan dengan dokumennya dan tulis kuncinya saja, tanpa tanda lain.",
            "Compare with the document and write the key alone, without other marks.",
        ),
    )


def _lost(text: str) -> Reading:
    return unknown(
        "digits-lost",
        f"“{text}” sudah kehilangan angka (notasi ilmiah)",
        f"“{text}” has lost digits (scientific notation)",
        "Ubah format kolom menjadi Teks, lalu ketik ulang dari dokumen aslinya.",
        "Format the column as Text, then type it again from the document.",
    )


def read_person(text: str, kind: Kind) -> Reading:
    """The NIK in a trimmed cell."""
    return _sixteen(text, kind, "NIK", "NIK", read_nik)


def read_card(text: str, kind: Kind) -> Reading:
    """The family card number in a trimmed cell."""
    return _sixteen(text, kind, "Nomor KK", "family card number", read_family_card)


def is_empty(text: str) -> bool:
    """Whether the cell of a NIK or family card number is as good as blank: only marks, 0, or words like 'belum ada'."""
    return says_nothing(text)


def _sixteen(text: str, kind: Kind, id_name: str, en_name: str, read: object) -> Reading:
    if kind is Kind.NUMBER and (is_scientific(text) or (text.isdigit() and int(text) >= LARGEST_EXACT)):
        found = Read(None, Fault.LOST_DIGITS)
    else:
        found = read_nik(text) if read is read_nik else read_family_card(text)
    if found.parts is None:
        return None, (_faulty(text, id_name, en_name, found.fault or Fault.LENGTH),)
    notes: list[Problem] = []
    if found.repaired:
        notes.append(
            remark(
                f"{_slug(en_name)}-repaired",
                f"{id_name} “{text}” dibaca sebagai {found.parts.digits}.",
                f"The {en_name} “{text}” is read as {found.parts.digits}.",
                "Cocokkan dengan dokumennya dan tulis 16 angka saja.",
                "Compare with the document and write the 16 digits alone.",
            )
        )
    if kind is Kind.NUMBER:
        notes.append(NUMBER_CELL)
    if not region_known(found.parts.region):
        notes.append(
            remark(
                f"{_slug(en_name)}-region",
                f"{id_name} memuat kode wilayah {found.parts.region} yang tidak dikenal di Gorontalo.",
                f"The {en_name} holds the region {found.parts.region}, which is not known in Gorontalo.",
                "Periksa enam angka pertama; kode lama hasil pemekaran wilayah bisa saja sah.",
                "Check the first six digits; an old code from before a district was split may be right.",
            )
        )
    return found.parts.digits, tuple(notes)


def _slug(name: str) -> str:
    return name.lower().replace(" number", "").replace(" ", "-")


_FAULTS = {
    Fault.LOST_DIGITS: (
        "sudah kehilangan angka (notasi ilmiah) dan tidak dapat dipulihkan",
        "has lost digits (scientific notation) and can't be restored",
    ),
    Fault.NOT_DIGITS: ("memuat tanda yang bukan angka", "holds signs that are no digits"),
    Fault.LENGTH: ("tidak terdiri dari 16 angka", "does not have 16 digits"),
    Fault.PROVINCE: ("diawali kode provinsi yang tidak ada", "begins with a province that does not exist"),
    Fault.DATE: ("memuat tanggal yang tidak ada (angka ke-7 sampai ke-12)", "holds no date (digits 7 to 12)"),
    Fault.SERIAL: ("bernomor urut 0000", "has the serial 0000"),
}


def _faulty(text: str, id_name: str, en_name: str, fault: Fault) -> Problem:
    why_id, why_en = _FAULTS[fault]
    if fault is Fault.LOST_DIGITS:
        return apart(
            f"{_slug(en_name)}-digits-lost",
            f"{id_name} “{text}” {why_id}.",
            f"The {en_name} “{text}” {why_en}.",
            "Ubah format kolom menjadi Teks, lalu ketik ulang nomornya dari KTP atau KK.",
            "Format the column as Text, then type the number again from the card.",
        )
    count_id = f", melainkan {len(repaired(text))}" if fault is Fault.LENGTH else ""
    count_en = f" but {len(repaired(text))}" if fault is Fault.LENGTH else ""
    return apart(
        f"{_slug(en_name)}-format",
        f"{id_name} “{text}” {why_id}{count_id}.",
        f"The {en_name} “{text}” {why_en}{count_en}.",
        "Cocokkan dengan KTP atau KK; bila sama, tanyakan ke Dukcapil. Jangan dihapus dari daftar asal.",
        "Compare with the card; if it says the same, ask Dukcapil. Don't delete it from the original list.",
    )


_REGION_DOUBTS = {
    Doubt.FORM: (
        "not-a-region", "bukan kode wilayah", "is not a region code",
        "Tulis kode Kemendagri: 75.01 (kabupaten), 75.01.02 (kecamatan) atau 75.01.02.2003 (desa).",
        "Write the Kemendagri code: 75.01 (district), 75.01.02 (sub-district) or 75.01.02.2003 (village).",
    ),
    Doubt.BPS: (
        "bps-region", "tampaknya kode BPS, bukan kode Kemendagri", "looks like a code of BPS, not of Kemendagri",
        "Ganti dengan kode Kemendagri: nomor kabupaten menurut BPS berbeda (7502 di BPS adalah 75.01).",
        "Use the Kemendagri code: BPS numbers the districts otherwise (its 7502 is 75.01).",
    ),
    Doubt.NOWHERE: (
        "unknown-region", "adalah kode wilayah yang tidak ada", "is the code of no region",
        "Periksa kodenya; yang di Gorontalo diawali 75.01 sampai 75.05 atau 75.71.",
        "Check the code; those of Gorontalo begin with 75.01 to 75.05 or 75.71.",
    ),
    Doubt.SEVERAL: (
        "ambiguous-region", "bisa berarti Kabupaten Gorontalo, Kota Gorontalo, Gorontalo Utara, atau provinsinya",
        "may be Kabupaten Gorontalo, Kota Gorontalo, Gorontalo Utara or the province",
        "Tulis 75.01 (Kabupaten Gorontalo), 75.71 (Kota Gorontalo), 75.05 (Gorontalo Utara) atau 75 (provinsi).",
        "Write 75.01 (Kabupaten Gorontalo), 75.71 (Kota Gorontalo), 75.05 (Gorontalo Utara) or 75 (the province).",
    ),
    Doubt.RETIRED: (
        "retired-region", "adalah kode kecamatan lama, kini bagian Gorontalo Utara",
        "is a former sub-district, now part of Gorontalo Utara",
        "Tulis kode kecamatan yang berlaku sekarang (75.05.…); kode lama hanya sah di dalam NIK.",
        "Write today's sub-district (75.05.…); the old code is right inside a NIK only.",
    ),
}  # fmt: skip


def read_place(text: str, kind: Kind) -> Reading:
    """The dotted region code of a trimmed, non-empty cell."""
    found = Doubt.FORM if kind in (Kind.DATE, Kind.YESNO) else read_region(text)
    if found is Doubt.FORM and kind is Kind.TEXT:
        found = read_place_name(text)
    if not isinstance(found, Doubt):
        return found, ()
    code, id_words, en_words, id_mend, en_mend = _REGION_DOUBTS[found]
    return unknown(code, f"“{text}” {id_words}", f"“{text}” {en_words}", id_mend, en_mend)


def as_key(value: object, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems of a key's cell: without a usable key the row is set apart."""
    if value is not None:
        return problems
    if not problems:
        return (
            apart(
                "blank-key",
                "Kolom kunci kosong: baris ini tidak dapat dikenali.",
                "The key is empty: this row can't be identified.",
                "Isi kunci di setiap baris, juga bila sama dengan baris di atasnya; hapus baris jumlah.",
                "Fill in the key in every row, also where it is the same as above; remove rows of totals.",
            ),
        )
    return tuple(
        Problem(
            p.code,
            Words(
                p.words.id.replace("; dianggap belum diketahui.", "; baris ini dipisahkan."),
                p.words.en.replace("; taken as unknown.", "; this row is set apart."),
            ),
            p.mend,
            Severity.SET_APART,
        )
        for p in problems
    )
