"""Cells that identify: NIK, family card numbers, other codes, and regions. Never through a number."""

from __future__ import annotations

import re

from ejps_core.model.diagnostic import Severity
from ejps_core.model.listing import Kind
from ejps_core.model.words import Words
from ejps_core.registry.gazetteer import named
from ejps_core.registry.marks import APOSTROPHES, joined_up, says_nothing, unmarked
from ejps_core.registry.nik import Fault, Read, is_scientific, read_family_card, read_nik, region_known, repaired
from ejps_core.registry.problems import Problem, Reading, apart, remark, unknown
from ejps_core.registry.regions import Doubt, read_bps, read_place_name, read_region, where_villages_are

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
    Doubt.VILLAGE: (
        "village-without-subdistrict", "adalah desa tanpa kecamatan, padahal nama desa bisa ada di beberapa kecamatan",
        "is a village without its sub-district, and names of villages occur in several",
        "Tambahkan kolom kecamatan, atau tulis kode desa (75.04.04.2003).",
        "Add a column of sub-districts, or write the code of the village (75.04.04.2003).",
    ),
    Doubt.NO_SUCH_VILLAGE: (
        "unknown-village", "menyebut desa yang tidak ada di kecamatan itu",
        "names a village that the sub-district doesn't have",
        "Periksa nama desa dan kecamatannya, atau tulis kode desanya.",
        "Check the names of village and sub-district, or write the code of the village.",
    ),
    Doubt.NO_SUCH_SUBDISTRICT: (
        "unknown-subdistrict", "menyebut kecamatan yang tidak ada di sana", "names a sub-district that is not there",
        "Periksa nama kecamatan dan kabupatennya, atau tulis kodenya (75.04.04).",
        "Check the names of sub-district and district, or write the code (75.04.04).",
    ),
}  # fmt: skip


def read_place(text: str, kind: Kind) -> Reading:
    """The dotted region code of a trimmed, non-empty cell: of a code, or of names that leave no doubt."""
    found = Doubt.FORM if kind in (Kind.DATE, Kind.YESNO) else read_region(text)
    if found is not Doubt.FORM or kind is not Kind.TEXT:
        return (found, ()) if not isinstance(found, Doubt) else _no_place(text, found)
    place = read_place_name(text)
    if place.doubt is None:
        return place.code, ()
    return _no_place(text, place.doubt) if place.code is None else _larger_place(text, place.code, place.doubt)


def read_statistics_place(text: str, kind: Kind) -> Reading:
    """The district of a cell in a column of BPS codes. The two systems number four of the six districts crosswise."""
    found = read_bps(text)
    if isinstance(found, Doubt):
        return _no_place(text, found)
    return found, (
        remark(
            "bps-region-read",
            f"Kode BPS “{text}” dibaca sebagai kabupaten/kota {found} menurut Kemendagri.",
            f"The BPS code “{text}” is read as the district {found} of Kemendagri.",
            "Tidak perlu apa-apa bila kolom ini memang berisi kode BPS; kode desa Kemendagri lebih teliti.",
            "Nothing to do if the column does hold BPS codes; Kemendagri's code of the village says more.",
        ),
    )


def _no_place(text: str, doubt: Doubt) -> Reading:
    code, id_words, en_words, id_mend, en_mend = _REGION_DOUBTS[doubt]
    listed = ", ".join(where_villages_are(named(text).village or text)) if doubt is Doubt.VILLAGE else ""
    id_where, en_where = (f" Desa itu ada di: {listed}.", f" It is in: {listed}.") if listed else ("", "")
    return unknown(code, f"“{text}” {id_words}", f"“{text}” {en_words}", id_mend + id_where, en_mend + en_where)


def _larger_place(text: str, place: str, doubt: Doubt) -> Reading:
    """The larger region is known: it is used, and what is missing is said."""
    code, id_words, en_words, id_mend, en_mend = _REGION_DOUBTS[doubt]
    listed = (
        ", ".join(where_villages_are(named(text).village or "", place[:5])) if doubt is not Doubt.NO_SUCH_SUBDISTRICT else ""
    )
    id_where, en_where = (f" Desa itu ada di: {listed}.", f" It is in: {listed}.") if listed else ("", "")
    words = Words(f"“{text}” {id_words}; dipakai {place} saja.", f"“{text}” {en_words}; only {place} is used.")
    return place, (Problem(code, words, Words(id_mend + id_where, en_mend + en_where)),)


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
