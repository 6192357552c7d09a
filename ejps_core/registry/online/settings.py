"""The settings of an online registry: a TOML file. What opens its door never stands in it."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ejps_core.model.asking import Pace
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.span import Cell
from ejps_core.registry.problems import error

LOOPBACK = ("127.0.0.1", "::1", "localhost")
Positive = Annotated[float, Field(gt=0, le=600)]


class Settings(BaseModel):
    """What stands in the file. token_env, token_file: where the credential is, a variable or a file of the owner's alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    url: str
    source: str = Field(min_length=1)
    facts: tuple[str, ...] = ("status",)
    timeout_seconds: Positive = 20.0
    retries: Annotated[int, Field(ge=0, le=20)] = 4
    backoff_seconds: Positive = 0.5
    longest_wait_seconds: Positive = 60.0
    batch: Annotated[int, Field(ge=1, le=1000)] = 100
    per_second: Positive = 5.0
    valid_days: Annotated[int, Field(ge=0, le=366)] = 7
    token_env: str | None = None
    token_file: Path | None = None
    scheme: str = "Bearer"
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _safe(self) -> Self:
        """Nothing goes over the wire in clear, but on this machine."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("url: http(s)://host/path")
        if parts.username or parts.password:
            raise ValueError("url: no credentials in it; use token_env or token_file")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("url: https, or http to this machine only")
        if self.token_env and self.token_file:
            raise ValueError("token_env or token_file, not both")
        return self

    @property
    def pace(self) -> Pace:
        """How the registry is asked."""
        return Pace(
            self.batch,
            self.retries,
            self.backoff_seconds,
            self.longest_wait_seconds,
            self.per_second,
            self.valid_days,
        )


def read_settings(path: Path) -> Settings | Diagnostic:
    """The settings in the file, or what is wrong with it."""
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as problem:
        why = "; ".join(": ".join(filter(None, (".".join(map(str, e["loc"])), e["msg"]))) for e in problem.errors())
        return settings_wrong(path, why)
    except (OSError, ValueError) as problem:
        return settings_wrong(path, str(problem))


def token_of(settings: Settings, path: Path, environment: Mapping[str, str] | None = None) -> str | Diagnostic | None:
    """The credential; None: the registry needs none. A relative token_file lies beside the settings."""
    env = os.environ if environment is None else environment
    if settings.token_env is not None:
        found = env.get(settings.token_env, "").strip()
        return found or settings_wrong(path, f"token_env: ${settings.token_env} is not set")
    if settings.token_file is None:
        return None
    file = path.parent / settings.token_file
    try:
        if sys.platform != "win32" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            return settings_wrong(path, f"token_file: others can read {file}; chmod 600")
        token = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as problem:
        return settings_wrong(path, f"token_file: {problem}")
    return token or settings_wrong(path, f"token_file: {file} is empty")


def settings_wrong(path: Path, why: str) -> Diagnostic:
    """What is said of a settings file that can't be used."""
    return error(
        "settings-wrong",
        Cell(str(path)),
        f"Berkas pengaturan {path.name} tidak dapat dipakai: {why}.",
        f"The settings file {path.name} can't be used: {why}.",
        "Lihat contohnya di docs/registers.md.",
        "See the example in docs/registers.md.",
    )
