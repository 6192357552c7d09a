"""What stands in deploy/ fits the program: settings, commands and paths are there, and the system is closed around it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from ejps_core.app.library import default_folders
from ejps_core.cli import main
from ejps_core.service.routes import health
from ejps_core.service.settings import Settings
from tests.house.sources import ROOT

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CLOSED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes", "ProtectControlGroups": "yes", "RestrictSUIDSGID": "yes",
    "RestrictNamespaces": "yes", "LockPersonality": "yes", "CapabilityBoundingSet": "", "UMask": "0077", "LimitCORE": "0",
}  # fmt: skip


def unit() -> dict[str, dict[str, list[str]]]:
    """Section -> key -> values of the unit file."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in (DEPLOY / "ejps.service").read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(head[1], {})
        elif line and not line.startswith("#"):
            key, sign, value = line.partition("=")
            assert sign, line
            section.setdefault(key, []).append(value)
    return found


def steps() -> list[tuple[str, str]]:
    """(word, rest) of each step of the Containerfile."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    text = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def test_the_page_tells_of_each_setting_and_of_no_other() -> None:
    section = PAGE.partition("\n## Settings\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    told = [name for cell in rows for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(told) == sorted(Settings.model_fields)


def test_the_settings_beside_it_are_settings() -> None:
    given = tomllib.loads((DEPLOY / "ejps.toml").read_text(encoding="utf-8"))
    found = Settings(**given)
    assert found.secure and found.loopback and found.behind_proxy


def test_the_unit_is_closed() -> None:
    service = unit()["Service"]
    assert {key: service[key][-1] for key in CLOSED} == CLOSED
    assert service["User"] == ["ejps"]
    assert "AF_NETLINK" not in service["RestrictAddressFamilies"][0]
    assert Settings().stop_seconds < int(service["TimeoutStopSec"][0]), "systemd waits longer than the service itself"
    assert main([service["ExecStart"][0].split()[1], "--help"]) == 0


def test_the_unit_can_be_read(tmp_path: Path) -> None:
    """By systemd itself where it is installed; the program and its user are not there, which it may say."""
    known = {"Unit", "Service", "Install"}
    assert set(unit()) == known
    if shutil.which("systemd-analyze") is None:
        assert all(re.fullmatch(r"[A-Z]\w+", key) for section in unit().values() for key in section)
        return
    text = (DEPLOY / "ejps.service").read_text(encoding="utf-8")
    (tmp_path / "ejps.service").write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    asked = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "ejps.service")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "ejps.service" in line]
    assert ours == [], done.stderr


def test_the_container_runs_as_nobody() -> None:
    found = steps()
    last = [rest for word, rest in found if word == "USER"][-1]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last)
    after = [word for word, _ in found][[word for word, _ in found].index("USER") :]
    assert "RUN" not in after and "COPY" not in after


def test_what_the_container_copies_and_starts_is_there() -> None:
    found = steps()
    kept = (ROOT / ".containerignore").read_text(encoding="utf-8")
    for rest in (rest for word, rest in found if word == "COPY" and "--from" not in rest):
        for name in rest.split()[:-1]:
            assert (ROOT / name).exists(), name
            assert f"!{name}\n" in kept, f"{name} is left out by .containerignore"
    beside = [rest for word, rest in found if word == "RUN" and "cp -r rulesets" in rest]
    assert beside and default_folders()[0].name == "rulesets", "else a district's own rules would not be found"
    (start,) = [rest for word, rest in found if word == "CMD"]
    program, command = re.findall(r'"([^"]+)"', start)
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert program in scripts and main([command, "--help"]) == 0
    (looked,) = [rest for word, rest in found if word == "HEALTHCHECK"]
    path = re.search(r":8750(/[\w/]+)", looked)
    routes = {each.path for each in iter_route_contexts(health.router.routes) if isinstance(each.original_route, APIRoute)}
    assert path is not None and path[1] in routes
    said = " ".join(rest for word, rest in found if word == "ENV")
    names = {name.lower() for name in re.findall(r"EJPS_(\w+)=", said)}
    assert names and names <= set(Settings.model_fields)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_passes_the_caller_on_and_lays_nothing_down(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert f"127.0.0.1:{Settings().port}" in text
    assert text.count("{") == text.count("}")
    size = re.search(r"(?:client_max_body_size|max_size) (\d+)", text)
    assert size is not None and int(size[1]) == Settings().upload_megabytes + 1
    assert "$proxy_add_x_forwarded_for;" not in text
    if name == "nginx.conf":
        for line in ("proxy_request_buffering off;", "proxy_buffering off;", "ssl_protocols TLSv1.2 TLSv1.3;"):
            assert line in text
