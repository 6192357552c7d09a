"""The record of processing (UU 27/2022, Art. 31): what is done with whose data, on which ground, kept how long.

It is declared here once. The command, the page of the documents and the test that no table is left out all read this.
"""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Processing:
    """One activity. subjects: whose data. ground: on what it rests. seen_by: who may see it. tables: where it lies."""

    name: str
    title: Words
    purpose: Words
    subjects: Words
    data: Words
    seen_by: Words
    kept: Words
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldUse:
    """What a program asks for: the class of the field under Art. 4, why it is needed, where it comes from."""

    name: str
    title: Words
    member: bool
    privacy: str
    purpose: str
    source: str


@dataclass(frozen=True, slots=True)
class ProgramUse:
    """A program with what it asks for and the ground that its rule file names."""

    program: str
    title: Words
    grounds: tuple[str, ...]
    fields: tuple[FieldUse, ...]


GROUND = Words(
    "UU 27/2022 Pasal 20: pelaksanaan tugas pemerintah; dasar tiap program ada di berkas aturannya. Butir Pasal 20 yang "
    "dipakai: asumsi, perlu dikonfirmasi",
    "UU 27/2022, Art. 20: a task of government; the ground of each program is in its rule file. Which item of Art. 20 "
    "applies: assumption, to be confirmed",
)
CONTROLLER = Words(
    "Pengendali: Pemerintah Provinsi Gorontalo (asumsi, perlu dikonfirmasi); yang memasukkan data: kabupaten/kota",
    "Controller: the Government of Gorontalo Province (assumption, to be confirmed); data come from the districts",
)
TERM_OPEN = Words(
    "sampai kunci daftarnya dimusnahkan (ejps keys retain, destroy); jangka waktu menurut JRA: belum ditetapkan",
    "until the key of the list is destroyed (ejps keys retain, destroy); the term by the records schedule: not set yet",
)
FOR_GOOD = Words(
    "tidak dihapus: tanpa identitas, hanya nama samaran; jangka waktu menurut JRA: belum ditetapkan",
    "not deleted: no identifiers, pseudonyms only; the term by the records schedule: not set yet",
)
FAMILIES = Words(
    "kepala dan anggota keluarga calon penerima, termasuk anak dan penyandang disabilitas",
    "heads and members of candidate families, children and disabled people among them",
)
OFFICIALS = Words("petugas yang memakai e-JPS", "officials who use e-JPS")

PROCESSING: tuple[Processing, ...] = (
    Processing(
        "receiving",
        Words("Menerima daftar", "Receiving lists"),
        Words("mengetahui siapa yang diusulkan", "to know who is proposed"),
        FAMILIES,
        Words(
            "NIK, KK, nama, alamat, telepon (tersegel); data yang dibaca aturan; berkas aslinya (tersegel)",
            "NIK, KK, name, address, telephone (sealed); facts that rules read; the file as received (sealed)",
        ),
        Words("petugas daerahnya; provinsi", "officers of its district; the province"),
        TERM_OPEN,
        ("districts", "column_mappings", "lists", "list_versions", "list_rows", "people", "sealed_parts"),
    ),
    Processing(
        "registers",
        Words("Menyimpan register", "Keeping registers"),
        Words("memeriksa syarat tanpa bertanya lagi kepada warga", "to check conditions without asking people again"),
        Words("orang dalam register instansi lain (PKH, DTKS, Dukcapil, …)", "people in other offices' registers"),
        Words("isi register sebagaimana diterima (tersegel)", "the register as received (sealed)"),
        Words("dibaca program, tidak oleh orang", "read by the program, by no person"),
        TERM_OPEN,
        ("register_snapshots", "completeness_declarations", "askings", "answer_batches"),
    ),
    Processing(
        "matching",
        Words("Memadankan", "Matching"),
        Words("mengetahui siapa dalam daftar adalah siapa dalam register; data ganda", "who is who; duplicates"),
        FAMILIES,
        Words("hasil pemadanan di bawah nama samaran; skor", "outcomes under pseudonyms; scores"),
        Words("petugas verifikasi; provinsi", "verifiers; the province"),
        FOR_GOOD,
        ("match_runs", "match_results", "duplicate_findings", "review_decisions", "matching_settings", "run_matchings"),
    ),
    Processing(
        "determining",
        Words("Menetapkan yang belum diketahui", "Determining what is unknown"),
        Words("menutup data yang kurang dengan dokumen", "to settle missing facts by a document"),
        FAMILIES,
        Words("satu fakta, nilainya, alasan dan dokumennya", "a fact, its value, reason and document"),
        Words("petugas verifikasi; provinsi", "verifiers; the province"),
        FOR_GOOD,
        ("determinations",),
    ),
    Processing(
        "deciding",
        Words("Menilai kelayakan", "Deciding eligibility"),
        Words("menentukan siapa berhak, dengan alasan", "to decide who is entitled, with reasons"),
        FAMILIES,
        Words(
            "putusan, aturan yang menentukan, nilai bantuan, peringkat; di bawah nama samaran", "verdict, reasons, amount"
        ),
        Words("provinsi; pemeriksa", "the province; auditors"),
        FOR_GOOD,
        ("programs_enabled", "runs", "run_registers", "decisions"),
    ),
    Processing(
        "decreeing",
        Words("Menetapkan penerima", "Decreeing recipients"),
        Words("keputusan kepala daerah dengan empat mata", "a decree under four eyes"),
        FAMILIES,
        Words(
            "siapa penerima dan cadangan, di bawah nama samaran; siapa memeriksa, menyetujui, menandatangani",
            "recipients and reserve under pseudonyms; who checked, approved, signed",
        ),
        Words("petugas dan kepala daerahnya; provinsi", "officers and head of the district; the province"),
        FOR_GOOD,
        (
            "decrees",
            "decree_members",
            "decree_changes",
            "decree_steps",
            "decree_issues",
            "delegations",
            "public_holidays",
        ),
    ),
    Processing(
        "delivering",
        Words("Menyalurkan bantuan", "Delivering aid"),
        Words("mencatat siapa menerima apa, kapan, dengan bukti", "to record who received what, when, with proof"),
        FAMILIES,
        Words(
            "penyerahan per keluarga di bawah nama samaran; lembar bertanda tangan dan foto (tersegel)",
            "deliveries by family under pseudonyms; signed sheets and photos (sealed)",
        ),
        Words("petugas daerahnya; provinsi; pemeriksa", "officers of its district; the province; auditors"),
        TERM_OPEN,
        ("documents", "deliveries", "payments", "payment_reasons", "holds", "handovers"),
    ),
    Processing(
        "appeals",
        Words("Menjawab keberatan dan temuan", "Answering objections and findings"),
        Words("hak warga atas keputusan; tindak lanjut pemeriksaan", "people's rights; following up inspections"),
        FAMILIES,
        Words("isi keberatan dan temuan, jawabannya, tenggatnya", "objections and findings, answers, deadlines"),
        Words("petugas daerahnya; provinsi; pemeriksa", "officers of its district; the province; auditors"),
        FOR_GOOD,
        ("objections", "objection_decisions", "findings", "finding_steps"),
    ),
    Processing(
        "complaints",
        Words("Menerima pengaduan, memberi tahu status", "Taking complaints, telling where a family stands"),
        Words(
            "warga tahu keadaan permohonannya dan mengadu tanpa akun dan tanpa NIK",
            "people learn where they stand and complain, without account or NIK",
        ),
        Words("siapa pun yang mengadu; keluarga yang disurati", "whoever complains; families that got a letter"),
        Words(
            "isi pengaduan (nomor panjang disamarkan) dan jawabannya; hash kode surat dan tanda terima; tanpa nama pelapor",
            "the complaint (long numbers masked) and its answers; hashes of the codes on letters and receipts; no name",
        ),
        Words("petugas pengaduan; yang memegang kodenya", "the complaints officer; whoever holds the code"),
        FOR_GOOD,
        ("status_codes", "complaints", "complaint_steps"),
    ),
    Processing(
        "ground-check",
        Words("Uji petik", "Ground checks"),
        Words("mengukur ketepatan sasaran di lapangan", "to measure targeting on the ground"),
        FAMILIES,
        Words("keluarga dalam sampel di bawah nama samaran; hasilnya", "families of a sample under pseudonyms; results"),
        Words("petugas uji petik; provinsi; pemeriksa", "inspectors; the province; auditors"),
        FOR_GOOD,
        ("samples", "sample_units", "sample_results"),
    ),
    Processing(
        "money",
        Words("Mencatat uang program", "Recording a program's money"),
        Words("realisasi per tahap dan kabupaten/kota", "realisation by phase and district"),
        OFFICIALS,
        Words(
            "jumlah per kabupaten/kota, bukan per orang; siapa mencatat", "amounts by district, of no person; who entered"
        ),
        Words("petugas daerahnya; provinsi; pemeriksa", "officers of its district; the province; auditors"),
        FOR_GOOD,
        (
            "budget_years",
            "budget_terms",
            "money_entries",
            "money_files",
            "money_file_rows",
            "reconciliations",
            "reconciliation_lines",
            "frozen_positions",
        ),
    ),
    Processing(
        "handing-out",
        Words("Menyerahkan berkas", "Handing out files"),
        Words("mengembalikan daftar, menyusun laporan", "to give lists back, to report"),
        FAMILIES,
        Words("hash berkas dan apakah disamarkan, bukan isinya", "the file's hash and whether masked, not its content"),
        Words("penerima berkas", "who gets the file"),
        FOR_GOOD,
        ("exports",),
    ),
    Processing(
        "signing-in",
        Words("Mengelola akun petugas", "Keeping officials' accounts"),
        Words("hanya petugas berwenang yang masuk, dalam perannya", "only officials who may sign in, in their role"),
        OFFICIALS,
        Words(
            "nama akun, peran, daerah; sandi dan kode sebagai hash; percobaan masuk; sesi dan unggahan yang berjalan",
            "account names, roles, areas; passwords and codes as hashes; attempts; running sessions and uploads",
        ),
        Words("pengelola sistem", "system administrators"),
        FOR_GOOD,
        (
            "accounts",
            "account_identities",
            "account_roles",
            "account_secrets",
            "account_standings",
            "api_tokens",
            "api_token_ends",
            "service_keys",
            "sign_in_attempts",
            "used_codes",
            "sessions",
            "jobs",
            "uploads",
            "given_answers",
        ),
    ),
    Processing(
        "logging",
        Words("Mencatat setiap pemrosesan", "Logging all processing"),
        Words("membuktikan siapa melakukan apa (UU 27/2022 Pasal 31)", "to prove who did what (UU 27/2022, Art. 31)"),
        OFFICIALS,
        Words("nama petugas, peran, tujuan, alasan, waktu", "officials' names, roles, purposes, reasons, times"),
        Words("pemeriksa; pejabat pelindungan data pribadi", "auditors; the data-protection officer"),
        FOR_GOOD,
        ("audit_segments", "audit_seals", "audit_entries"),
    ),
    Processing(
        "keeping-keys",
        Words("Mengelola kunci dan masa simpan", "Keeping keys and terms"),
        Words("menyegel data dan mengakhirinya (UU 27/2022 Pasal 35–36, 42–44)", "to seal data and to end them"),
        OFFICIALS,
        Words("id kunci, masa simpan, pemusnahan; bukan kuncinya", "ids of keys, terms, destructions; not the keys"),
        Words("pengelola sistem", "the system's keeper"),
        FOR_GOOD,
        ("store_identity", "data_keys", "retention_terms", "key_destructions"),
    ),
    Processing(
        "answering",
        Words("Menjawab permintaan subjek data", "Answering people's requests"),
        Words("akses, perbaikan, penundaan, penghapusan (Pasal 30, 32, 41–44)", "access, correction, hold, erasure"),
        Words("siapa pun yang meminta", "whoever asks"),
        Words("nama samaran, apa yang diminta, jawaban; bukan NIK", "pseudonyms, what is asked, the answer; no NIK"),
        Words("pejabat pelindungan data pribadi", "the data-protection officer"),
        FOR_GOOD,
        ("subject_requests", "request_events"),
    ),
    Processing(
        "breaches",
        Words("Menangani pelanggaran", "Handling breaches"),
        Words("memberi tahu dalam 3 × 24 jam (Pasal 46)", "to tell people in 3 × 24 hours (Art. 46)"),
        Words("orang yang datanya terungkap, hanya jumlahnya", "those whose data was revealed, as a number only"),
        Words("apa, kapan, bagaimana, upaya; tanpa data orang", "what, when, how, efforts; nobody's data"),
        Words("pejabat pelindungan data pribadi", "the data-protection officer"),
        FOR_GOOD,
        ("breaches", "breach_events"),
    ),
    Processing(
        "backing-up",
        Words("Mencadangkan", "Backing up"),
        Words("memulihkan sesudah kerusakan", "to recover after damage"),
        FAMILIES,
        Words("semua di atas, tetap tersegel; kunci di tempat lain", "all of the above, still sealed; keys elsewhere"),
        Words("pengelola sistem, tanpa kunci tidak terbaca", "the system's keeper; unreadable without keys"),
        Words("sedikit dan terbaru; cadangan kunci ikut dimusnahkan", "few and recent; key backups are destroyed too"),
        (),
    ),
)
