"""The settings of matching that the province has put on record: shown, changed, and in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.settings import Points, Settings, wrong_settings
from ejps_core.store.acts import Purpose
from ejps_core.store.match_settings import Thresholds, set_thresholds, thresholds_in_force
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError

BIRTHS = "births_same"
POINTS = "points"


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings that hold now. number: of their record, None: nobody has set any. on: the day they were decided."""

    values: Mapping[str, Any]
    number: int | None = None
    on: date | None = None
    by: str | None = None
    why: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Settings to be changed, each as NAME=VALUE; the others stay. on: the day on which that was decided."""

    given: tuple[str, ...]
    on: date
    document: str | None = None


def settings_in_force(session: Session) -> tuple[int | None, Settings]:
    """The number of the record and the settings themselves."""
    found = thresholds_in_force(session)
    return (None, Settings()) if found is None else (found.id, _from_record(found.thresholds))


def told_settings(number: int | None, settings: Settings) -> dict[str, Any]:
    """What is recorded of the settings with a matching."""
    return {"setting": number, **_as_record(settings)}


def shown(options: StoreOptions) -> InForce | Diagnostic:
    """The settings that hold now, and who set them."""

    def found() -> InForce:
        with open_store(place_of(options)) as store, store.reading() as session:
            return _in_force(session)

    return attempt(found)


def changed(options: StoreOptions, actor: Actor, changes: Changes) -> InForce | Diagnostic:
    """Puts the changed settings on record, if they can be meant; only the province may."""

    def made() -> InForce:
        with open_store(place_of(options)) as store:
            with store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
                work.alone("matching-settings")  # else of two who change them at once the later one would undo the other
                _, settings = settings_in_force(work.session)
                for given in changes.given:
                    settings = _with(settings, given)
                wrong = wrong_settings(settings)
                if wrong:
                    raise StoreError(wrong[0].code, wrong[0].words, wrong[0].mend)
                set_thresholds(work, Thresholds(_as_record(settings), changes.on, changes.document))
            with store.reading() as session:
                return _in_force(session)

    return attempt(made)


def _in_force(session: Session) -> InForce:
    found = thresholds_in_force(session)
    if found is None:
        return InForce(_as_record(Settings()))
    return InForce(found.thresholds, found.id, found.decided_on, found.set_by, found.why, found.document)


def _as_record(settings: Settings) -> dict[str, Any]:
    """Plain values, agreements of birth dates by their names."""
    return asdict(settings) | {
        BIRTHS: [each.name.casefold() for each in settings.births_same],
        POINTS: {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(settings.points).items()
        },
    }


def _from_record(values: Mapping[str, Any]) -> Settings:
    points: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in values[POINTS].items()}
    plain: dict[str, Any] = {name: value for name, value in values.items() if name not in (BIRTHS, POINTS)}
    return Settings(**plain, births_same=_births(values[BIRTHS]), points=Points(**points))


def _births(names: Sequence[str]) -> tuple[Birth, ...]:
    known = {each.name.casefold(): each for each in Birth}
    return tuple(known[name] for name in names)


def _with(settings: Settings, given: str) -> Settings:
    """The settings with one of them changed; StoreError if there is no such setting or value."""
    name, _, text = (part.strip() for part in given.partition("="))
    try:
        if name == BIRTHS:
            return replace(settings, births_same=_births([each.strip().casefold() for each in text.split(",")]))
        group, _, own = name.partition(".")
        if group == POINTS and own in {each.name for each in fields(Points)}:
            many = isinstance(getattr(settings.points, own), tuple)
            value: Any = tuple(int(each) for each in text.split(",")) if many else int(text)
            return replace(settings, points=replace(settings.points, **{own: value}))
        if name in {each.name for each in fields(Settings)} - {POINTS}:
            changed_one: dict[str, Any] = {name: int(text)}
            return replace(settings, **changed_one)
    except (ValueError, KeyError):
        pass
    names = [each.name for each in fields(Settings) if each.name != POINTS]
    names += [f"{POINTS}.{each.name}" for each in fields(Points)]
    births = ", ".join(each.name.casefold() for each in Birth)
    raise StoreError(
        "matching-settings",
        Words(f"“{given}” bukan pengaturan pemadanan.", f"“{given}” is no setting of matching."),
        Words(
            f"Tulis NAMA=NILAI. Nama: {', '.join(names)}. Tanggal lahir: {births}.",
            f"Write NAME=VALUE. Names: {', '.join(names)}. Birth dates: {births}.",
        ),
    )


NO_SETTING = Diagnostic(
    "matching-settings",
    Severity.ERROR,
    None,
    Words("Tidak disebut pengaturan mana yang diubah.", "It is not said which setting is changed."),
    Words("Sebut --set NAMA=NILAI, --who dan --why.", "Give --set NAME=VALUE, --who and --why."),
)
