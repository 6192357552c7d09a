"""What is wrong with a command line, in both languages."""

from __future__ import annotations

import re

from ejps_core.model.words import Words, same


def usage_words(problem: Exception) -> Words | None:
    """What the parser of the command line complains about; None if this is no such complaint."""
    text = getattr(problem, "format_message", None)
    if text is None or not hasattr(problem, "exit_code"):
        return None
    english = str(text())
    command = _command(problem)
    if type(problem).__name__ == "NoArgsIsHelpError":
        return same(english)
    indonesian = _indonesian(problem) or english
    return Words(
        f"{indonesian}\nBantuan: {command} --help",
        f"{english}\nHelp: {command} --help",
    )


def _command(problem: Exception) -> str:
    context = getattr(problem, "ctx", None)
    return str(context.command_path) if context else "ejps"


def _indonesian(problem: Exception) -> str | None:
    """The complaint in Bahasa Indonesia, for the kinds that occur."""
    param = getattr(problem, "param", None)
    name = _name(param)
    match type(problem).__name__:
        case "MissingParameter":
            return f"{name} belum diisi."
        case "NoSuchOption":
            options = getattr(problem, "possibilities", None) or ()
            near = f" Mungkin maksudnya {', '.join(sorted(options))}?" if options else ""
            return f"Pilihan {_told(problem, 'option_name')} tidak dikenal.{near}"
        case "BadOptionUsage":
            return f"Pilihan {_told(problem, 'option_name')} memerlukan nilai."
        case "BadParameter":
            return _bad_value(problem, name)
        case "UsageError":
            return _plain(_told(problem, "message"))
    return None


def _bad_value(problem: Exception, name: str) -> str:
    """A value that can't be used: which there are, or what kind is wanted."""
    text = _told(problem, "message")
    value = re.search(r"'([^']*)' is not one of (.*)", text)
    if value:
        choices = ", ".join(re.findall(r"'([^']*)'", value[2]))
        return f"Nilai {value[1]} untuk {name} tidak ada. Pilihannya: {choices}."
    return f"Nilai untuk {name} tidak dapat dipakai. Lihat bantuannya di bawah ini."


def _name(param: object) -> str:
    if param is None:
        return "Pilihan"
    options = [each for each in getattr(param, "opts", ()) if each.startswith("-")]
    return options[0] if options else (_told(param, "metavar") or _told(param, "name")).upper()


def _told(about: object, what: str) -> str:
    """An attribute as text; the parser's exceptions and parameters have no public types."""
    return str(getattr(about, what, None) or "")


def _plain(message: str) -> str | None:
    """Complaints that the parser makes as plain text."""
    if message.startswith("No such command"):
        named = re.findall(r"'([^']*)'", message)
        near = f" Mungkin maksudnya {' atau '.join(named[1:])}?" if named[1:] else " Perintah yang ada: lihat ejps --help."
        return f"Perintah {named[0] if named else ''} tidak dikenal.{near}"
    if message.startswith("Got unexpected extra argument"):
        return "Terlalu banyak isian: " + message.split("(", 2)[-1].rstrip(")")
    if message.startswith("Missing command"):
        return "Perintahnya belum disebut."
    return None
