"""What is wrong with a command line, in both languages."""

from __future__ import annotations

from typing import Any

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


def _command(problem: Any) -> str:  # noqa: ANN401 - the parser's exceptions have no public types
    context = getattr(problem, "ctx", None)
    return str(context.command_path) if context else "ejps"


def _indonesian(problem: Any) -> str | None:  # noqa: ANN401
    """The complaint in Bahasa Indonesia, for the kinds that occur."""
    param = getattr(problem, "param", None)
    name = _name(param)
    match type(problem).__name__:
        case "MissingParameter":
            return f"{name} belum diisi."
        case "NoSuchOption":
            options = getattr(problem, "possibilities", None) or ()
            near = f" Mungkin maksudnya {', '.join(sorted(options))}?" if options else ""
            return f"Pilihan {problem.option_name} tidak dikenal.{near}"
        case "BadOptionUsage":
            return f"Pilihan {problem.option_name} memerlukan nilai."
        case "BadParameter":
            return f"Nilai untuk {name} tidak dapat dipakai: {problem.message}"
        case "UsageError":
            return _plain(str(problem.message))
    return None


def _name(param: Any) -> str:  # noqa: ANN401
    if param is None:
        return "Pilihan"
    options = [each for each in getattr(param, "opts", ()) if each.startswith("-")]
    return options[0] if options else str(param.metavar or param.name).upper()


def _plain(message: str) -> str | None:
    """Complaints that the parser makes as plain text."""
    if message.startswith("No such command"):
        return "Perintah tidak dikenal:" + message.removeprefix("No such command")
    if message.startswith("Got unexpected extra argument"):
        return "Terlalu banyak isian: " + message.split("(", 2)[-1].rstrip(")")
    if message.startswith("Missing command"):
        return "Perintahnya belum disebut."
    return None
