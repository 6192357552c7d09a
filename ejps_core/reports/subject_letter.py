"""What is held on one person, told section by section, and as a letter to that person (UU 27/2022, Art. 32)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from textwrap import wrap
from typing import Any

from ejps_core.model.masking import mask
from ejps_core.model.ruleset import Verdict
from ejps_core.model.wording import money
from ejps_core.model.words import Language, Words
from ejps_core.reports.family_letter import rights
from ejps_core.reports.office import Office
from ejps_core.reports.subject_aid import TELLING, TITLES
from ejps_core.reports.terbilang import plain_day
from ejps_core.reports.words import VERDICT

Record = Mapping[str, Any]
WIDE = 100
GORONTALO = timezone(timedelta(hours=8), "WITA")
_LABELS = {"nik": "NIK", "kk": "KK", "name": "nama", "address": "alamat", "phone": "telepon"}
_TITLES = {
    "lists": Words("Daftar yang memuat", "Lists"),
    "identities": Words("Identitas menurut daftar", "Identity, as the lists have it"),
    "rows": Words("Baris dan hasil pemeriksaannya", "Rows and their verdicts"),
    "facts": Words("Data yang dibaca aturan", "Facts that rules read"),
    "registers": Words("Menurut register", "In registers"),
    "askings": Words("Register daring yang ditanya", "Online registries that were asked"),
    "matches": Words("Pemadanan", "Matching"),
    "duplicates": Words("Dugaan ganda", "Suspected duplicates"),
    "reviews": Words("Keputusan petugas atas yang meragukan", "Officials' decisions about the doubtful"),
    "determinations": Words("Penetapan resmi", "Official determinations"),
    "decisions": Words("Putusan dan alasannya", "Decisions and their reasons"),
    **TITLES,
    "exports": Words("Berkas yang diserahkan", "Files handed out"),
    "destroyed": Words("Sudah dimusnahkan atau tak terbaca", "Destroyed or unreadable"),
    "looked": Words("Siapa yang melihat atau mengubah", "Who looked or changed"),
}


def sections(held: Mapping[str, Any], language: Language) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Title and lines of every section that has something in it."""
    tell = {
        "lists": _list,
        "identities": _identity,
        "rows": _row,
        "facts": _facts,
        "registers": _register,
        "askings": _asking,
        "matches": _match,
        "duplicates": _duplicate,
        "reviews": _review,
        "determinations": _determination,
        "decisions": _decision,
        "exports": _export,
        "looked": _looked,
    } | TELLING
    return tuple(
        (title.say(language), tuple(each if isinstance(each, str) else tell[name](each, language) for each in held[name]))
        for name, title in _TITLES.items()
        if held[name]
    )


def subject_letter(held: Mapping[str, Any], office: Office, at: datetime) -> str:
    """The letter as text, ready to be printed under a letterhead or pasted into one; the person's own data are in clear."""
    day = plain_day(at.astimezone(GORONTALO).date())
    who: Record = next(iter(held["identities"]), {})
    sender = ", ".join(part for part in (office.unit, office.name, office.government) if part)
    lines = [
        office.government.upper(),
        office.name.upper(),
        *([office.unit] if office.unit else []),
        "",
        "Nomor : ………………………",
        "Hal   : Akses atas data pribadi (UU 27/2022 Pasal 32)",
        "",
        f"{office.place}, {day}",
        "",
        f"Yth. {who.get('name') or '………………………'}",
        f"NIK {mask(who['nik']) if who.get('nik') else '………………………'}",
        "",
        *wrap(f"Menjawab permintaan Saudara, inilah seluruh data pribadi Saudara yang tersimpan di e-JPS per {day}.", WIDE),
    ]
    told = sections(held, Language.ID)
    if not told:
        lines += ["", "Tidak ada data tentang Saudara yang tersimpan."]
    for number, (title, each) in enumerate(told, start=1):
        lines += ["", f"{number}. {title}", *_hanging(each)]
    lines += ["", "Hak Saudara", *_hanging((*(each.id for each in corrections(held)), *rights(sender)))]
    if office.contact:
        lines += ["", f"Kontak: {office.contact}"]
    signer = office.signatory
    lines += ["", f"{signer.acting} {signer.office}".strip(), "", "", signer.name or "(………………………)"]
    return "\n".join((*lines, ""))


def corrections(held: Mapping[str, Any]) -> tuple[Words, ...]:
    """Where what is wrong is put right: by whoever it came from, with a new record beside the old one."""
    senders = ", ".join(sorted({str(each["district"]) for each in held["lists"]}))
    sources = "; ".join(sorted({str(each["source"]) for each in held["registers"]}))
    told = []
    if senders:
        told.append(
            Words(
                f"Data daftar diperbaiki oleh pengirimnya ({senders}): daftar dikirim ulang, lalu putusan dihitung kembali.",
                f"What a list has wrong is mended by its sender ({senders}): it is sent again and decided again.",
            )
        )
    if sources:
        told.append(
            Words(
                f"Data register diperbaiki oleh sumbernya: {sources}.",
                f"What a register has wrong is mended by its source: {sources}.",
            )
        )
    told.append(
        Words(
            "Yang belum diketahui dapat ditetapkan dengan surat pertanggungjawaban (SPTJM) dari desa atau kelurahan.",
            "What is unknown can be determined by a statement of the village (SPTJM).",
        )
    )
    return tuple(told)


def _hanging(lines: Iterable[str]) -> list[str]:
    """Lines with a dash, broken where they are too long."""
    return [
        part for each in lines for part in wrap(each, WIDE, initial_indent="   - ", subsequent_indent="     ") or ["   -"]
    ]


def _pairs(each: Record, names: Sequence[str]) -> str:
    return "; ".join(f"{_LABELS.get(name, name)}: {each[name]}" for name in names if each.get(name) not in (None, "", []))


def _on(moment: object) -> str:
    return str(moment)[:16].replace("T", " ")


def _list(each: Record, language: Language) -> str:
    by = Words("diterima", "received").say(language)
    return (
        f"{each['list']} v{each['version']}: {each['title']} ({each['district']}), {by} {_on(each['received_at'])}, "
        f"{each['received_by']}"
    )


def _identity(each: Record, language: Language) -> str:
    return _pairs(each, ("name", "nik", "kk", "address", "phone"))


def _row(each: Record, language: Language) -> str:
    codes = ", ".join(str(code["code"]) for code in each["codes"])
    where = f"{each['sheet']}:{each['row']}" if each["sheet"] else str(each["row"])
    return f"{Words('baris', 'row').say(language)} {where}: {each['verdict']}" + (f" ({codes})" if codes else "")


def _facts(each: Record, language: Language) -> str:
    own = {name.removeprefix("match:"): value for name, value in each.items() if name not in ("version_id", "pid")}
    unknown = Words("belum diketahui", "unknown").say(language)
    shown = {name: value for name, value in own.items() if not name.startswith(("row:", "unsure:", "nik:", "pid:"))}
    return "; ".join(f"{name}: {unknown if value is None else _value(value, language)}" for name, value in shown.items())


def _value(value: object, language: Language) -> str:
    if isinstance(value, bool):
        return (Words("ya", "yes") if value else Words("tidak", "no")).say(language)
    return str(value)


def _register(each: Record, language: Language) -> str:
    day = Words("posisi data", "data as of").say(language)
    values = "; ".join(f"{head}: {value}" for head, value in each["values"].items())
    return f"{each['name']} ({each['source']}, {day} {each['as_of']}): {values}"


def _asking(each: Record, language: Language) -> str:
    return f"{each['kind']} ({each['source']}), {_on(each['begun_at'])}, {each['begun_by']}: {each['why']}"


def _match(each: Record, language: Language) -> str:
    with_ = f"{each['register']} ({each['source']}, {each['as_of']})" if each["register"] else "-"
    doubt = Words("; meragukan", "; doubtful").say(language) if each["doubtful"] else ""
    return f"{with_}: {each['outcome']}{doubt}, {_on(each['matched_at'])}, {each['matched_by']}"


def _duplicate(each: Record, language: Language) -> str:
    return f"{each['kind']} ({each['pid']} / {each['other_pid']})"


def _review(each: Record, language: Language) -> str:
    return f"{each['outcome']}: {each['why']}, {_on(each['decided_at'])}, {each['decided_by']}"


def _determination(each: Record, language: Language) -> str:
    value = each["value"]["value"] if isinstance(each["value"], dict) and "value" in each["value"] else each["value"]
    return (
        f"{each['fact']} = {_value(value, language)}: {each['determined_by']}, {each['document']} "
        f"({each['document_date']}), {each['why']}" + ("" if each["state"] == "made" else f" [{each['state']}]")
    )


def _decision(each: Record, language: Language) -> str:
    verdict = VERDICT[Verdict(each["verdict"])].say(language)
    paid = f", {money(each['amount'], 0, 'IDR').say(language)}" if each["amount"] else ""
    why = "; ".join(f"{one['words']}" + (f" [{one['legal']}]" if one["legal"] else "") for one in each["reasons"])
    needs = Words("masih diperlukan", "still needed").say(language)
    wanted = f" {needs}: {', '.join(each['needs'])}." if each["needs"] else ""
    told = f"{each['program']} {each['as_of']}: {verdict}{paid}"
    return told + (f". {why}" if why else "") + wanted + f" ({_on(each['decided_at'])}, {each['decided_by']})"


def _export(each: Record, language: Language) -> str:
    masked = Words(", disamarkan", ", masked").say(language) if each["masked"] else ""
    return f"{each['kind']}{masked}, {_on(each['exported_at'])}, {each['exported_by']}"


def _looked(each: Record, language: Language) -> str:
    why = f": {each['why']}" if each["why"] else ""
    return f"{_on(each['at'])}  {each['who']} ({each['role']}, {each['purpose']})  {each['action']}{why}"
