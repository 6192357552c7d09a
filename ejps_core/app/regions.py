"""Names of the province's regions by Kemendagri code, for reports and for the demonstration's list.

Source: Kepmendagri 050-145/2022, the same in 300.2.2-2430/2025: 77 sub-districts (kecamatan).
"""

from __future__ import annotations

SUBDISTRICTS = {
    "75.01": {
        1: "Limboto", 2: "Telaga", 3: "Batudaa", 4: "Tibawa", 5: "Batudaa Pantai", 9: "Boliyohuto",
        10: "Telaga Biru", 11: "Bongomeme", 13: "Tolangohula", 14: "Mootilango", 16: "Pulubala",
        17: "Limboto Barat", 18: "Tilango", 19: "Tabongo", 20: "Biluhu", 21: "Asparaga",
        22: "Talaga Jaya", 23: "Bilato", 24: "Dungaliyo",
    },
    "75.02": {
        1: "Paguyaman", 2: "Wonosari", 3: "Dulupi", 4: "Tilamuta", 5: "Mananggu", 6: "Botumoito",
        7: "Paguyaman Pantai",
    },
    "75.03": {
        1: "Tapa", 2: "Kabila", 3: "Suwawa", 4: "Bonepantai", 5: "Bulango Utara", 6: "Tilongkabila",
        7: "Botupingge", 8: "Kabila Bone", 9: "Bone", 10: "Bone Raya", 11: "Suwawa Timur",
        12: "Suwawa Selatan", 13: "Suwawa Tengah", 14: "Bulango Ulu", 15: "Bulango Selatan",
        16: "Bulango Timur", 17: "Bulawa", 18: "Pinogu",
    },
    "75.04": {
        1: "Popayato", 2: "Lemito", 3: "Randangan", 4: "Marisa", 5: "Paguat", 6: "Patilanggio",
        7: "Taluditi", 8: "Dengilo", 9: "Buntulia", 10: "Duhiadaa", 11: "Wanggarasi",
        12: "Popayato Timur", 13: "Popayato Barat",
    },
    "75.05": {
        1: "Atinggola", 2: "Kwandang", 3: "Anggrek", 4: "Sumalata", 5: "Tolinggula", 6: "Gentuma Raya",
        7: "Tomilito", 8: "Ponelo Kepulauan", 9: "Monano", 10: "Biau", 11: "Sumalata Timur",
    },
    "75.71": {
        1: "Kota Barat", 2: "Kota Selatan", 3: "Kota Utara", 4: "Dungingi", 5: "Kota Timur",
        6: "Kota Tengah", 7: "Sipatana", 8: "Dumbo Raya", 9: "Hulonthalangi",
    },
}  # fmt: skip


def region_names() -> dict[str, str]:
    """The province, its six districts and 77 sub-districts by dotted code."""
    from ejps_core.registry.regions import DISTRICTS

    names = {"75": "Provinsi Gorontalo", **DISTRICTS}
    for district, parts in SUBDISTRICTS.items():
        names |= {f"{district}.{number:02}": f"Kecamatan {name}" for number, name in parts.items()}
    return names
