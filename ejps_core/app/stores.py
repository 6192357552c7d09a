"""Where the store is on this machine, who acts on it now, and making or upgrading one."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.database import shown, store_url
from ejps_core.store.opening import StorePlace, create_store, upgrade_store
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store

STATE = Path(".ejps")
"""The state folder in the working folder: a copy of the folder is a copy of the work. The keys are not in it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """What the command line says of the store; None: as the environment or the defaults say.

    opened: the store itself, open and scoped, as a service hands it to a use case.
    """

    store: str | None = None
    keys: Path | None = None
    files: Path | None = None
    opened: Store | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the command line says. account None: by EJPS_ACCOUNT, else the user of this machine."""

    who: str | None = None
    role: Role = Role.SYSTEM
    why: str = ""
    district: str | None = None
    account: str | None = None


def place_of(options: StoreOptions, environment: Mapping[str, str] | None = None) -> StorePlace:
    """Where the store is: by option, else by EJPS_STORE, EJPS_KEYS, EJPS_FILES, EJPS_MASTER_KEY, else by default."""
    env = os.environ if environment is None else environment
    settings = Path(env["XDG_CONFIG_HOME"]) if env.get("XDG_CONFIG_HOME") else Path.home() / ".config"
    master = env.get("EJPS_MASTER_KEY")
    return StorePlace(
        database=options.store or env.get("EJPS_STORE") or str(STATE / "store.db"),
        keys=options.keys or Path(env.get("EJPS_KEYS") or settings / "ejps" / "keys"),
        files=options.files or Path(env.get("EJPS_FILES") or STATE / "files"),
        master=Path(master) if master else None,
        opened=options.opened,
    )


def stated(options: StoreOptions, environment: Mapping[str, str] | None = None) -> bool:
    """Whether somebody said which store is meant."""
    env = os.environ if environment is None else environment
    return options.store is not None or options.opened is not None or bool(env.get("EJPS_STORE"))


def without_password(store: str) -> str:
    """The address of a store as it may be shown."""
    return shown(store_url(store))


def act_of(actor: Actor, purpose: Purpose, at: datetime | None = None) -> Act:
    """The act of somebody at this moment; without a name, the user of this machine."""
    who = actor.who if actor.who is not None else getpass.getuser()
    account = actor.account or os.environ.get("EJPS_ACCOUNT") or getpass.getuser()
    return Act(who, actor.role, purpose, at or datetime.now(UTC), actor.why, actor.district, account)


def attempt(call: Callable[[], T]) -> T | Diagnostic:
    """What the call gives, or what is wrong with the store."""
    try:
        return call()
    except StoreError as problem:
        return problem.finding


def refuse(found: T | Diagnostic) -> T:
    """What a use case gave; StoreError if it gave a finding: what `attempt` does, the other way round."""
    if isinstance(found, Diagnostic):
        raise StoreError.of(found)
    return found


def init(options: StoreOptions, actor: Actor) -> tuple[str, str] | Diagnostic:
    """Makes a store and its keys: where the database and where the keys are."""

    def made() -> tuple[str, str]:
        place = place_of(options)
        url = store_url(place.database)
        if url.get_backend_name() == "sqlite":
            _unseen_by_git(Path(str(url.database)).parent)
        with create_store(place, act_of(actor, Purpose.ADMINISTRATION)) as store:
            return shown(url), str(store.keys.folder)

    return attempt(made)


def upgrade(options: StoreOptions, actor: Actor) -> tuple[str, str] | Diagnostic:
    """Brings the schema to the newest revision: the revisions before and after."""
    return attempt(lambda: upgrade_store(place_of(options), act_of(actor, Purpose.ADMINISTRATION)))


def bad_role(text: str) -> Diagnostic:
    """What to say of a role that is none."""
    listed = ", ".join(Role)
    return Diagnostic(
        "bad-role",
        Severity.ERROR,
        None,
        Words(f"“{text}” bukan peran.", f"“{text}” is no role."),
        Words(f"Pilihannya: {listed}.", f"The roles: {listed}."),
    )


def _unseen_by_git(folder: Path) -> None:
    """The state folder, if it is our own, keeps itself out of git."""
    if folder.name == STATE.name:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")


def role_named(text: str) -> Role | None:
    """The role of that name."""
    return Role(text) if text in set(Role) else None
