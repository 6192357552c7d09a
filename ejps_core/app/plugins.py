"""What there is to say about the installed programs, and about what else the core and the plugins declare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ejps_core.app.reading import read_rules
from ejps_core.hooks.manager import Loaded, Plugins
from ejps_core.model.program import Program
from ejps_core.model.words import Language, Words, same


@dataclass(frozen=True, slots=True)
class Described:
    """A program, its title, and whether its rule file is right and of that id."""

    loaded: Loaded[Program]
    title: Words
    digest: str | None
    right: bool


def describe(programs: Plugins) -> tuple[Described, ...]:
    """Every program with its title and the state of its rule file."""
    return tuple(_described(loaded) for loaded in programs.programs)


def _described(loaded: Loaded[Program]) -> Described:
    ruleset = read_rules(loaded.what.rules).ruleset
    if ruleset is None:
        return Described(loaded, same(""), None, False)
    return Described(loaded, ruleset.title, ruleset.digest, ruleset.program == loaded.what.id)


def as_records(described: tuple[Described, ...], programs: Plugins, language: Language) -> dict[str, Any]:
    """{"programs": [...], "readers": [...], …, "broken": [...]} for JSON."""
    return {
        "programs": [
            {
                "id": each.loaded.what.id,
                "title": each.title.say(language),
                "plugin": each.loaded.plugin,
                "distribution": each.loaded.distribution,
                "version": each.loaded.version,
                "rules": str(each.loaded.what.rules),
                "digest": each.digest,
                "right": each.right,
            }
            for each in described
        ],
        **{each.kind: [_offer_record(offer) for offer in each.offers] for each in offered(programs, language)},
        "broken": [
            {"plugin": broken.name, "program": broken.program, "why": broken.why.say(language)} for broken in programs.broken
        ],
    }


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a plugin declares: what it is known by, what it is, and whose it is."""

    name: str
    title: str
    plugin: str
    built_in: bool

    @property
    def shown(self) -> str:
        """Its name, with the plugin that it comes from unless that is the core."""
        return self.name if self.built_in else f"{self.name} ({self.plugin})"


@dataclass(frozen=True, slots=True)
class Offered:
    """All of one kind, in the order of the plugins."""

    kind: str
    title: Words
    offers: tuple[Offer, ...]


def offered(plugins: Plugins, language: Language) -> tuple[Offered, ...]:
    """Readers, report writers, lints, registers, reports and connectors."""
    return (
        Offered(
            "readers",
            Words("Berkas daftar", "Lists from"),
            tuple(_offer(each, " ".join(each.what.suffixes), each.what.name) for each in plugins.readers),
        ),
        Offered(
            "report_writers",
            Words("Berkas hasil", "Results to"),
            tuple(_offer(each, each.what.suffix, each.what.title.say(language)) for each in plugins.writers),
        ),
        Offered("lints", same("Lint"), tuple(_offer(each, each.what.name, str(each.what.page)) for each in plugins.lints)),
        Offered(
            "registers",
            same("Register"),
            tuple(_offer(each, each.what.name, each.what.title.say(language)) for each in plugins.registers),
        ),
        Offered(
            "reports",
            Words("Laporan", "Reports"),
            tuple(_offer(each, each.what.name, each.what.title.say(language)) for each in plugins.reports),
        ),
        Offered(
            "connectors",
            Words("Konektor", "Connectors"),
            tuple(_offer(each, each.what.name, each.what.title.say(language)) for each in plugins.connectors),
        ),
    )


def _offer(loaded: Loaded[Any], name: str, title: str) -> Offer:
    return Offer(name, title, loaded.plugin, loaded.built_in)


def _offer_record(offer: Offer) -> dict[str, str]:
    return {"name": offer.name, "title": offer.title, "plugin": offer.plugin}
