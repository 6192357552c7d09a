"""The keywords of both surfaces: one table, terminal of the grammar -> spellings, the first one preferred.

A terminal that begins with an underscore leaves no trace in the syntax tree. One spelling may serve several terminals
(*tidak* is both no and not); the parser takes the one that its state accepts.
"""

from __future__ import annotations

from ejps_core.model.words import Language

KEYWORDS: dict[str, tuple[str, str]] = {
    # header
    "_PROGRAM": ("program", "program"),
    "_DECIDES": ("decides", "menetapkan"),
    "_DECIDED_EACH_PHASE": ("decided each phase", "ditetapkan tiap tahap"),
    "_ONE_PER": ("one per", "satu tiap"),
    "EVERY_PHASE": ("each phase", "tiap tahap"),
    "WHOLE_PROGRAM": ("in the whole program", "selama program"),
    "_IN_FORCE": ("in force", "berlaku"),
    "_UNTIL": ("until", "sampai"),
    "_UNDER": ("under", "dasar hukum"),
    "_CURRENCY": ("currency", "mata uang"),
    "_LEAP_DAY": ("leap day birthday", "ulang tahun kabisat"),
    "_FOR": ("for", "untuk"),
    "_PHASES": ("phases", "jadwal tahap"),
    "_FROM": ("from", "mulai"),
    "LANGUAGE": ("en | id", "en | id"),
    # rule sets that change a program
    "_RULESET": ("ruleset", "ketentuan"),
    "_EXTENDS": ("extends", "mengubah"),
    "_SET": ("set", "ubah"),
    "_REPLACE": ("replace", "ganti"),
    "_REMOVE": ("remove", "cabut"),
    # facts
    "FAMILY": ("family | families", "keluarga"),
    "MEMBER": ("members | member", "anggota"),
    "PERSON": ("person", "orang"),
    "_HAS": ("has | have", "memiliki"),
    "_YES_NO": ("yes/no", "ya/tidak"),
    "_DECIMAL_TYPE": ("decimal", "desimal"),
    "_MONEY_TYPE": ("money", "uang"),
    "_UP_TO": ("up to", "hingga"),
    "_DATE_TYPE": ("date", "tanggal"),
    "_BIRTH_TYPE": ("date of birth", "tanggal lahir"),
    "_REGION_TYPE": ("region", "wilayah"),
    "_CODE_TYPE": ("code", "kode"),
    "_ONE_OF": ("one of", "salah satu"),
    "_SOURCE": ("source", "sumber"),
    "BLANK_MEANS_NO": ("blank means no", "kosong berarti tidak"),
    "PERSONAL": ("personal", "pribadi"),
    "SPECIFIC": ("specific", "spesifik"),
    "KEY": ("key", "kunci"),
    "_PURPOSE": ("purpose", "untuk"),
    "PER_MONTH": ("per month", "per bulan"),
    "PER_QUARTER": ("per quarter", "per triwulan"),
    "PER_YEAR": ("per year", "per tahun"),
    "PER_PHASE": ("per phase", "per tahap"),
    # parameters and definitions
    "_PARAMETER": ("parameter", "parameter"),
    "_SINCE": ("since", "sejak"),
    "_PUBLISHED": ("published", "diumumkan"),
    "EACH_MEMBER": ("each member", "tiap anggota"),
    "_LET": ("let", "hitung"),
    # tables and scales
    "_TABLE": ("table", "tabel"),
    "_SCALE": ("scale", "tarif"),
    "_BY": ("by", "menurut"),
    "DATE_KEY": ("date", "tanggal"),
    "SLICES": ("by slices of", "per lapisan dari"),
    "BRACKETS": ("by bracket of", "per golongan dari"),
    "FROM_EDGE": ("from", "mulai"),
    "OVER_EDGE": ("above", "di atas"),
    "FIRST_FITS": ("first row that fits", "baris pertama yang cocok"),
    "SINGLE_FITS": ("single row that fits", "satu baris yang cocok"),
    # other programs
    "_OTHER_PROGRAMS": ("other programs", "program lain"),
    "NOT_TOGETHER": ("not together", "tidak boleh bersama"),
    "TOGETHER": ("together allowed", "boleh bersama"),
    "_RECEIVES": ("receives", "menerima"),
    "_RECEIVED": ("received", "pernah menerima"),
    "_WITHIN": ("within", "dalam"),
    "THIS_MONTH": ("this month", "bulan ini"),
    "THIS_QUARTER": ("this quarter", "triwulan ini"),
    "THIS_YEAR": ("this year", "tahun ini"),
    "THIS_PHASE": ("this phase", "tahap ini"),
    # rules, benefits, selection
    "REQUIRE": ("require", "syarat"),
    "REFUSE": ("refuse", "gugur bila"),
    "_MESSAGE": ("message", "pesan"),
    "_PAY": ("pay", "berikan"),
    "_IN_KIND": ("in kind", "berupa barang"),
    "_ONLY_IF": ("only if", "hanya jika"),
    "_SHARED": ("shared", "ditanggung"),
    "EACH_FAMILY": ("each family", "tiap keluarga"),
    "_CHOOSE": ("choose", "pilih"),
    "_PER": ("per", "per"),
    "_ORDER_BY": ("order by", "urutkan menurut"),
    "LOWEST_FIRST": ("lowest first", "terkecil dahulu"),
    "HIGHEST_FIRST": ("highest first", "terbesar dahulu"),
    "YES_FIRST": ("yes first", "ya dahulu"),
    "UNKNOWN_LAST": ("unknown last", "belum diketahui terakhir"),
    "_AT_MOST": ("at most", "paling banyak"),
    "_BUDGET": ("budget", "pagu"),
    "_RESERVE": ("reserve", "cadangan"),
    "REST": ("the rest", "sisanya"),
    # report and examples
    "_REPORT": ("report", "laporan"),
    "MASKED": ("masked", "disamarkan"),
    "_TOTALS_BY": ("totals by", "rekap menurut"),
    "_USUAL": ("usual case", "keadaan umum"),
    "_EXAMPLE": ("example", "contoh"),
    "_NO_MEMBERS": ("no members", "tanpa anggota"),
    "_ON": ("on", "pada"),
    "_KNOWN": ("known", "diketahui"),
    "_THEN": ("then", "maka"),
    "ELIGIBLE": ("eligible", "memenuhi syarat"),
    "INELIGIBLE": ("ineligible", "tidak memenuhi syarat"),
    "UNDETERMINED": ("undetermined", "perlu verifikasi"),
    "_BECAUSE": ("because", "karena"),
    "_NEEDS": ("needs", "memerlukan"),
    "UNKNOWN": ("unknown", "tidak diketahui"),
    # expressions
    "_AND": ("and", "dan"),
    "_OR": ("or", "atau"),
    "NO": ("no", "tidak"),
    "_NOT": ("not", "bukan | tidak"),
    "YES": ("yes", "ya"),
    "_IF": ("if", "jika"),
    "_OTHERWISE": ("otherwise", "selain itu"),
    "_IN": ("in", "termasuk"),
    "_IN_AREA": ("in area", "di wilayah"),
    "_IS_UNKNOWN": ("is unknown", "belum diketahui"),
    "_IF_UNKNOWN": ("if unknown", "bila belum diketahui"),
    "_AT_LEAST": ("at least", "paling sedikit"),
    "_OF": ("of", "dari"),
    "_ALL_OF": ("all of", "semua dari"),
    "_ANY_OF": ("any of", "salah satu dari"),
    "_ANY_MEMBER": ("any member", "ada anggota"),
    "_EVERY_MEMBER": ("every member", "semua anggota"),
    "_COUNT_MEMBERS": ("count members", "jumlah anggota"),
    "OLDEST": ("oldest member", "anggota tertua"),
    "YOUNGEST": ("youngest member", "anggota termuda"),
    "_WHERE": ("where", "yang"),
    "_SATISFIES": ("satisfies", "memenuhi"),
    "_SUM": ("sum", "total"),
    "_WITH_AT_MOST": ("with at most", "dengan paling banyak"),
    "LARGEST": ("largest", "terbesar"),
    "SMALLEST": ("smallest", "terkecil"),
    "_OR_IF_NONE": ("or if none", "atau bila kosong"),
    "_AGE": ("age", "umur | usia"),
    "_DECISION_DATE": ("decision date", "tanggal penetapan"),
    "PHASE_START": ("start of this phase", "awal tahap ini"),
    "PHASE_END": ("end of this phase", "akhir tahap ini"),
    "PROVINCE_OF": ("province of", "provinsi dari"),
    "DISTRICT_OF": ("district of", "kabupaten dari"),
    "SUBDISTRICT_OF": ("subdistrict of", "kecamatan dari"),
    "DAY": ("days | day", "hari"),
    "MONTH": ("months | month", "bulan"),
    "QUARTER": ("quarters | quarter", "triwulan"),
    "YEAR": ("years | year", "tahun"),
    "PHASE": ("phases | phase", "tahap"),
    "HALF_UP": ("round half up", "bulatkan setengah ke atas"),
    "HALF_EVEN": ("round half even", "bulatkan setengah ke genap"),
    "UP": ("round up", "bulatkan ke atas"),
    "DOWN": ("round down", "bulatkan ke bawah"),
    "_TO": ("to", "ke"),
    "LEAST": ("min", "min"),
    "MOST": ("max", "max"),
    "MONTHLY": ("per_month", "per_bulan"),
    "QUARTERLY": ("per_quarter", "per_triwulan"),
    "YEARLY": ("per_year", "per_tahun"),
}

SIGNS: dict[str, tuple[str, ...]] = {
    "=": ("EQUAL", "_IS"),
    "!=": ("UNEQUAL",),
    "<": ("BELOW",),
    "<=": ("AT_MOST",),
    ">": ("ABOVE",),
    ">=": ("AT_LEAST",),
    "+": ("_PLUS",),
    "-": ("MINUS",),
    "*": ("_STAR",),
    "/": ("_SLASH",),
    "..": ("_RANGE",),
    ",": ("_COMMA",),
    ":": ("_COLON",),
    "(": ("_LPAR",),
    ")": ("_RPAR",),
    "|": ("_BAR",),
}
"""Signs and the terminals they may be."""

MONTHS: dict[str, tuple[str, str]] = {"february": ("february", "februari"), "march": ("march", "maret")}


def spellings(terminal: str, language: Language) -> tuple[str, ...]:
    """How a keyword is written in a surface; nothing for what is no keyword."""
    if terminal not in KEYWORDS:
        return ()
    english, indonesian = KEYWORDS[terminal]
    return tuple((english if language is Language.EN else indonesian).split(" | "))


class Branch(dict[str, "Branch"]):
    """A node of the tree of keywords, word by word; `ends` are the terminals of the keyword that ends here."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: tuple[str, ...] = ()


def keyword_tree(language: Language) -> Branch:
    """All keywords of one surface, word by word; a slash counts as a word."""
    root = Branch()
    for terminal in KEYWORDS:
        for spelling in spellings(terminal, language):
            branch = root
            for word in spelling.replace("/", " / ").split():
                branch = branch.setdefault(word, Branch())
            branch.ends = (*branch.ends, terminal)
    return root
