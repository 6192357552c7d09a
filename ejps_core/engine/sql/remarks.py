"""What the statements say of themselves in comments, in both languages; the rules' own words are in labels.py."""

from __future__ import annotations

from ejps_core.model.words import Words

EACH_FAMILY = Words(
    "tiap keluarga: fakta yang belum diketahui di sini 0, tidak, atau 1970-01-01; kolom 'known' mengatakannya",
    "each family: an unknown fact is 0, no or 1970-01-01 here; its column 'known' says so",
)
EACH_MEMBER = Words(
    "tiap anggota: fakta yang belum diketahui di sini 0, tidak, atau 1970-01-01; kolom 'known' mengatakannya",
    "each member: an unknown fact is 0, no or 1970-01-01 here; its column 'known' says so",
)
OVER_MEMBERS = Words("dihitung dari anggota tiap keluarga", "over the members of each family")
JOINED = Words(
    "keluarga dengan hasil hitungan anggotanya; tanpa baris anggota hasilnya 0",
    "families with what was told of their members; 0 for a family without member rows",
)
SPREAD = Words("anggota dengan nilai dari keluarganya", "members with values of their family")
ALSO = Words("juga", "also")
VERDICT = Words(
    "putusan: 0 tidak memenuhi syarat, 1 perlu verifikasi, 2 memenuhi syarat",
    "verdict: 0 ineligible, 1 undetermined, 2 eligible",
)
FAILED = Words("aturan yang gagal, sebagai jumlah dari:", "the rules that are false, as a sum of:")
OPEN = Words("aturan yang belum pasti, sebagai jumlah dari:", "the rules that are unknown, as a sum of:")
ALL_BENEFITS = Words("semua bantuan bersama, dalam satuan terkecil", "all benefits together, in whole minor units")
ELIGIBLE = Words("yang memenuhi syarat, dengan kunci urutannya", "the eligible, with their ranking keys")
RANKED = Words("peringkat di tiap wilayah, kunci demi kunci", "the rank in each area, key by key")
SPENT = Words("biaya semua kursi sampai peringkat ini", "what the seats down to this rank cost")
AFFORDED = Words(
    "berapa yang sampai peringkat ini tidak tertampung pagu",
    "how many down to this rank the budget can't bear",
)
SEATED = Words(
    "siapa mendapat kursi, berapa kursi di wilayahnya, dan berapa kursi sampai di sini yang nilainya belum pasti",
    "who has a seat, how many seats the area has, and how many down to this one cost an amount still open",
)
RIVALS = Words(
    "keluarga yang belum pasti, dengan kunci terbaik yang masih mungkin; wilayah tidak diketahui: di tiap wilayah",
    "families still open, by the best that their keys may turn out to be; area unknown: in every area",
)
FIELD = Words("yang mendapat kursi dan pesaingnya", "the seated and their rivals")
AHEAD = Words("berapa pesaing yang masih dapat mendahului tiap kursi", "how many rivals could still come ahead of each seat")
SEATS = Words(
    "kursi: 0 tidak, 1 pasti, 2 sementara, 3 menunggu kunci urutan, wilayah, kuota atau pagu",
    "seat: 0 none, 1 firm, 2 provisional, 3 waits for a key, its area, a quota or a budget",
)


def worked_out(source: str) -> Words:
    """Above a step."""
    return Words(f"dihitung dari {source}", f"worked out from {source}")


def instalments(number: int) -> Words:
    """How often a benefit is paid."""
    return Words(f"dibayar {number} kali", f"paid {number} times")


def share(name: str, part: int) -> Words:
    """Who bears what of a benefit."""
    return Words(f"bagian {name}: {part} dari 10.000", f"share of {name}: {part} of 10,000")


def ranking_key(number: int, text: str) -> Words:
    """A key of the order."""
    return Words(f"kunci urutan {number}: {text}", f"ranking key {number}: {text}")
