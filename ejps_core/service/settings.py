"""The settings of the service: of the command line, the environment (EJPS_…), a file (TOML), in this order; checked."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from ejps_core.app.stores import without_password

FILE = "EJPS_SETTINGS"
"""Names the file of settings."""
MEGABYTE = 1 << 20


SECRET = ("secret", "password", "token")
"""What the name of a setting has in it that is never shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A setting. source: a variable, the file, 'command-line'; '': nobody set it, and it is as e-JPS comes."""

    name: str
    value: str
    source: str


class Settings(BaseSettings):
    """How the service runs on this machine. The names are a promise: docs/operations.md lists them."""

    model_config = SettingsConfigDict(env_prefix="EJPS_", extra="forbid", frozen=True)

    _said: frozenset[str] = PrivateAttr(default=frozenset())

    host: str = "127.0.0.1"
    port: int = Field(default=8750, ge=0, le=65535)
    """0: any that is free."""
    store: str | None = None
    keys: Path | None = None
    files: Path | None = None
    workers: int = Field(default=1, ge=0, le=32)
    """Processes for jobs; 0: a thread of the service itself, for small offices and tests."""
    processes: int = Field(default=1, ge=1, le=64)
    """Processes that answer requests; several share the port, and what each has to know of the others."""
    public_url: str | None = None
    """How browsers reach the service from outside, such as https://jps.example.go.id."""
    plain_http: bool = False
    """Whether browsers of a network that is trusted may come without TLS; for demonstrations only."""
    behind_proxy: bool = False
    """Whether a proxy of ours stands before it, whose word on the caller's address is believed."""
    oidc_issuer: str | None = None
    """A provider of identities (OpenID Connect) by which people may sign in, such as https://sso.example.go.id/realms/prov."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = Field(default="SSO", min_length=1, max_length=60)
    """What the provider is called on the sign-in page."""
    oidc_second_factor: tuple[str, ...] = ("mfa",)
    """What it says (acr or amr) when it has asked for a second factor; else ours is asked for, where an account has one."""
    upload_megabytes: int = Field(default=25, ge=1, le=500)
    sign_ins_a_minute: int = Field(default=10, ge=1)
    """For each address."""
    requests_a_minute: int = Field(default=30_000, ge=10)
    """For each account."""
    silent_seconds: float = Field(default=60, gt=0, le=3600)
    """How long whoever sends something may send nothing before the request is given up."""
    public: bool = False
    """Whether there are pages for anybody: rules in plain words, totals, status by a letter's code, complaints."""
    public_a_minute: int = Field(default=120, ge=1)
    """Public pages, for each address."""
    public_tries_a_minute: int = Field(default=10, ge=1)
    """Codes and complaints, for each address."""
    uploads_a_minute: int = Field(default=30, ge=1)
    """For each account."""
    strangers_a_minute: int = Field(default=600, ge=10)
    """Requests that need an account and come without one, or with a token that is none; for each address."""
    slowest_upload: int = Field(default=2048, ge=0)
    """Bytes a second that a body must come in, on average and after half a minute; 0: as slowly as it likes."""
    log_form: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    traces_to: str | None = None
    """A collector of OpenTelemetry that traces are sent to, such as http://127.0.0.1:4318/v1/traces; none: no traces."""
    traces_share: float = Field(default=1.0, ge=0, le=1)
    """Of how many requests, where the proxy has not decided."""
    metrics_from: str = "127.0.0.0/8"
    """From which network /metrics may be asked."""
    stop_seconds: int = Field(default=30, ge=1, le=600)
    """How long running requests and jobs are waited for at the end."""

    @field_validator("metrics_from")
    @classmethod
    def _network(cls, value: str) -> str:
        ipaddress.ip_network(value)
        return value

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://")):
            raise ValueError("begins with https://")
        return None if value is None else value.rstrip("/")

    @field_validator("oidc_issuer", "traces_to")
    @classmethod
    def _safe_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://") and not is_own_machine(value):
            raise ValueError("begins with https://")
        return value

    @model_validator(mode="after")
    def _whole_provider(self) -> Settings:
        """A provider is named whole: who we are there, and where it sends browsers back to."""
        if self.oidc_issuer is not None and (self.oidc_client_id is None or self.public_url is None):
            raise ValueError("oidc_issuer needs oidc_client_id and public_url")
        return self

    @model_validator(mode="after")
    def _safe(self) -> Settings:
        """Away from loopback, sessions go over TLS only."""
        if not self.loopback and not self.plain_http and not (self.public_url or "").startswith("https://"):
            raise ValueError("beyond this machine public_url is needed, and begins with https://")
        return self

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return _is_loopback(self.host)

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return (self.public_url or "").startswith("https://")

    @property
    def most_bytes(self) -> int:
        """The longest body of a request: an upload and a little more."""
        return self.upload_megabytes * MEGABYTE + MEGABYTE // 16

    def told(self) -> tuple[Told, ...]:
        """Every setting with its value and where it comes from; a secret is only said to be set."""
        from_file = _file_source(type(self))
        in_file = {} if from_file is None else from_file()
        told = []
        for name in type(self).model_fields:
            variable = f"EJPS_{name.upper()}"
            if name in self._said:
                source = "command-line"
            elif variable in os.environ:
                source = variable
            else:
                source = os.environ.get(FILE, "") if name in in_file else ""
            told.append(Told(name, _shown(name, getattr(self, name)), source))
        return tuple(told)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line before the environment before the file."""
        file = _file_source(settings_cls)
        return (init_settings, env_settings) if file is None else (init_settings, env_settings, file)


def is_own_machine(address: str) -> bool:
    """Whether an address leads to this machine and nowhere else."""
    return address.startswith("http://") and _is_loopback(urlsplit(address).hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def settings_from(**said: object) -> Settings:
    """The settings, with what the command line says; pydantic's ValidationError if one can't be."""
    given = {name: value for name, value in said.items() if value is not None}
    made = Settings.model_validate(given)
    made._said = frozenset(given)
    return made


def _file_source(kind: type[BaseSettings]) -> TomlConfigSettingsSource | None:
    path = os.environ.get(FILE)
    return TomlConfigSettingsSource(kind, Path(path)) if path else None


def _shown(name: str, value: object) -> str:
    """A value for people to read; of an address of a database never its password."""
    if value is None:
        return ""
    if isinstance(value, SecretStr) or any(word in name for word in SECRET):
        return "••••"
    return without_password(str(value)) if name == "store" else str(value)
