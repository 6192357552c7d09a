"""The registers that the core knows: who receives which aid, who stands in DTKS and DTSEN, civil servants, Dukcapil."""

from __future__ import annotations

from ejps_core.model.declared import Identity, Register, RegisterColumn
from ejps_core.model.registers import AWARDS
from ejps_core.model.words import Words

PERCENTILE = RegisterColumn("persentil", ("percentile", "persentil_dtks", "persentil kesejahteraan", "welfare percentile"))
DECILE = RegisterColumn("desil", ("decile", "desil_dtsen", "desil kesejahteraan", "welfare decile"))
STATUS = RegisterColumn(
    "status",
    ("status_dukcapil", "status kependudukan", "civil status"),
    ("status_kepala", "status kepala keluarga", "status of the family head"),
)
ALIVE = RegisterColumn("hidup", ("alive", "masih hidup"))
DIED = RegisterColumn(
    "tanggal_meninggal",
    ("date_of_death", "tanggal meninggal", "date of death"),
    ("tanggal_meninggal_kepala", "tanggal meninggal kepala keluarga", "date of death of the family head"),
)
RESIDENCE = RegisterColumn("wilayah", ("domisili", "wilayah domisili", "residence", "region of residence"))

RECIPIENTS = Register(
    AWARDS,
    Words("Penerima bantuan menurut program", "Recipients of aid by program"),
    membership=False,
    needed=("kk", "program", "tanggal"),
)
REGISTERS = (
    RECIPIENTS,
    Register("dtks", Words("Data Terpadu Kesejahteraan Sosial", "Social welfare register (DTKS)"), columns=(PERCENTILE,)),
    Register(
        "dtsen",
        Words("Data Tunggal Sosial dan Ekonomi Nasional", "National social and economic register (DTSEN)"),
        columns=(DECILE,),
    ),
    Register("pkh", Words("Penerima PKH", "Recipients of PKH")),
    Register("bpnt", Words("Penerima BPNT/Program Sembako", "Recipients of BPNT")),
    Register("bst", Words("Penerima Bantuan Sosial Tunai", "Recipients of BST")),
    Register("blt_dd", Words("Penerima BLT Dana Desa", "Recipients of village-fund cash aid")),
    Register("bantuan_pangan_provinsi", Words("Penerima bantuan pangan provinsi", "Recipients of provincial food aid")),
    Register("bantuan_tunai_provinsi", Words("Penerima bantuan tunai provinsi", "Recipients of provincial cash aid")),
    Register("asn", Words("ASN, TNI, dan Polri", "Civil servants, soldiers and police"), key=Identity.NIK),
    Register(
        "dukcapil",
        Words("Jawaban Dukcapil: hidup, pindah, domisili", "Answers of the civil registry: life, residence"),
        key=Identity.NIK,
        membership=False,
        columns=(STATUS, ALIVE, DIED, RESIDENCE),
    ),
)
