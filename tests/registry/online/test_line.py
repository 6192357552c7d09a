"""A registry that hangs, breaks off, is busy, or says something else: no answer, and never a wrong one."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from ejps_core.model.asking import Compared, Inquiry
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.registry.online.http_json import HttpLine, open_line
from ejps_core.registry.online.patience import Batch, Clock, asked
from tests.registry.online.scripted import (
    Deed,
    Scripted,
    changed,
    half,
    half_without_length,
    hangs,
    resets,
    serving,
    status,
    trickles,
)

TIMEOUT = 0.5


def nik(n: int) -> str:
    return f"750301410785{9000 + n}"


PEOPLE = tuple(Inquiry(f"p{n}", nik(n), f"Nama {n}", date(1985, 7, 1) if n % 2 else None) for n in range(6))


def settings(folder: Path, **more: object) -> Path:
    values = {"source": "Dukcapil (uji)", "timeout_seconds": TIMEOUT, "retries": 2, "batch": 3, **more}
    lines = [f"{name} = {json.dumps(value)}" for name, value in ({"per_second": 500} | values).items()]
    path = folder / "dukcapil.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def line_to(folder: Path, url: str, **more: object) -> HttpLine:
    made = open_line(settings(folder, url=url, **more))
    assert isinstance(made, HttpLine), made
    return made


def told(folder: Path, script: Scripted, **more: object) -> tuple[Batch, list[float]]:
    """All that a registry with this script says about PEOPLE, and how long was paused between requests."""
    pauses: list[float] = []
    clock = Clock(now=lambda: 0.0, sleep=pauses.append)
    with serving(script):
        found = list(asked(line_to(folder, script.url, **more), PEOPLE, ("status",), "asking", clock))
    whole: dict[str, Any] = {}
    for each in found:
        whole |= each.answers
    return Batch(whole, sum((each.without for each in found), Counter())), [each for each in pauses if each > 0.1]


def test_everybody_is_answered_and_only_the_answer_is_kept(tmp_path: Path) -> None:
    script = Scripted(statuses={nik(1): "meninggal"}, names={nik(2): "differs"}, unknown=frozenset((nik(3),)))
    found, pauses = told(tmp_path, script)
    assert (found.without, pauses, script.requests) == (Counter(), [], 2)
    assert found.answers["p1"].facts == {"status": "meninggal"}, "what nobody asked for is dropped"
    assert (found.answers["p2"].name, found.answers["p3"].found) == (Compared.DIFFERS, False)
    assert found.answers["p0"].birth is Compared.NOT_SENT


@pytest.mark.parametrize(
    ("deed", "pause"),
    [
        (hangs, 0.5),
        (trickles, 0.5),
        (resets, 0.5),
        (half, 0.5),
        (half_without_length, 0.5),
        (status(500), 0.5),
        (status(502), 0.5),
        (status(429, Retry_After="7"), 7.0),
        (status(503, Retry_After="3"), 3.0),
        (status(429, Retry_After="bald"), 0.5),
    ],
)
def test_a_fault_that_passes_is_waited_for(deed: Deed, pause: float, tmp_path: Path) -> None:
    script = Scripted([deed])
    started = time.monotonic()
    found, pauses = told(tmp_path, script)
    assert (len(found.answers), found.without, script.requests) == (6, Counter(), 3)
    assert pauses == [pause]
    assert script.ids[0] == script.ids[1] != script.ids[2], "a repetition can be told from a new question"
    assert time.monotonic() - started < 3


def test_a_moment_to_come_back_at(tmp_path: Path) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    found, (pause,) = told(tmp_path, Scripted([status(429, Retry_After=at)]))
    assert len(found.answers) == 6 and 25 < pause <= 30


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (hangs, "time-out"),
        (resets, "broken-line"),
        (half, "broken-line"),
        (half_without_length, "malformed"),
        (status(500), "server-error"),
        (status(429), "busy"),
    ],
)
def test_a_fault_that_stays_leaves_its_people_unknown(deed: Deed, reason: str, tmp_path: Path) -> None:
    found, pauses = told(tmp_path, Scripted([deed] * 3), backoff_seconds=1)
    assert sorted(found.answers) == ["p3", "p4", "p5"]
    assert found.without == Counter({reason: 3})
    assert pauses == [1.0, 2.0]


def test_a_registry_that_is_gone_is_left_alone(tmp_path: Path) -> None:
    script = Scripted([status(500)] * 99)
    found, _ = told(tmp_path, script, batch=1, retries=0)
    assert (found.answers, found.without, script.requests) == ({}, Counter({"server-error": 3, "not-asked": 3}), 3)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (status(401), "refused"),
        (status(403), "refused"),
        (status(302, Location="http://127.0.0.1:1/"), "redirected"),
        (status(429, Retry_After="900"), "busy"),
    ],
)
def test_a_closed_door_is_not_knocked_at_again(deed: Deed, reason: str, tmp_path: Path) -> None:
    script = Scripted([deed] * 9)
    found, pauses = told(tmp_path, script)
    assert (found.answers, found.without) == ({}, Counter({reason: 3, "not-asked": 3}))
    assert (script.requests, pauses) == (1, [])


def test_one_slip_spoils_no_others(tmp_path: Path) -> None:
    """A question that the registry refuses is halved until the person it stumbles over is alone."""

    def stumbles(request: Any, people: list[dict[str, Any]]) -> None:
        if any(each["nik"] == nik(1) for each in people):
            request.body(b"", 422)
        else:
            request.give([request.script.answer(each) for each in people])

    found, _ = told(tmp_path, Scripted([stumbles] * 99), batch=6)
    assert sorted(found.answers) == ["p0", "p2", "p3", "p4", "p5"]
    assert found.without == Counter({"question-refused": 1})


def first(**change: object) -> Deed:
    """The first answer changed."""
    return changed(lambda answers: [answers[0] | change, *answers[1:]])


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (first(nik=nik(5)), "other-number"),
        (first(nik=nik(0)[:-1]), "other-number"),
        (first(ref="p99"), "left-out"),
        (first(ref=7), "left-out"),
        (first(found="ya"), "left-out"),
        (first(facts={"status": 1}), "left-out"),
        (first(facts={"status": "x" * 101}), "left-out"),
        (first(name="mirip"), "left-out"),
        (first(name="not_sent"), "not-compared"),
        (changed(lambda answers: answers[1:]), "left-out"),
        (changed(lambda answers: [*answers, answers[0] | {"facts": {"status": "meninggal"}}]), "answers-differ"),
        (changed(lambda answers: [*answers, answers[0] | {"found": False}, answers[0]]), "answers-differ"),
    ],
)
def test_an_answer_that_can_not_be_used_is_none(deed: Deed, reason: str, tmp_path: Path) -> None:
    found, _ = told(tmp_path, Scripted([deed]))
    assert (sorted(found.answers), found.without) == (["p1", "p2", "p3", "p4", "p5"], Counter({reason: 1}))


def test_the_same_answer_twice_is_one(tmp_path: Path) -> None:
    found, _ = told(tmp_path, Scripted([changed(lambda answers: answers * 2)]))
    assert (len(found.answers), found.without) == (6, Counter())


@pytest.mark.parametrize("body", [b"[]", b'{"answers": []}', b'{"protocol": "ejps-ask/1"}', b"\xff", b"ok"])
def test_something_else_than_answers(body: bytes, tmp_path: Path) -> None:
    found, _ = told(tmp_path, Scripted([lambda request, people: request.body(body)] * 6))
    assert (found.answers, found.without) == ({}, Counter({"malformed": 6}))


def test_nobody_listens(tmp_path: Path) -> None:
    script = Scripted()
    with serving(script):
        pass
    line = line_to(tmp_path, script.url, retries=0)
    (found,) = asked(line, PEOPLE[:2], ("status",), "x", Clock())
    assert found == Batch({}, Counter({"broken-line": 2}))


def test_the_pace_is_kept(tmp_path: Path) -> None:
    script = Scripted()
    started = time.monotonic()
    with serving(script):
        list(asked(line_to(tmp_path, script.url, batch=1, per_second=20), PEOPLE, ("status",), "x", Clock()))
    assert script.requests == 6 and time.monotonic() - started >= 5 / 20


def test_the_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUNCI_UJI", "dari-lingkungan")
    (tmp_path / "kunci").write_text("dari-berkas\n", encoding="ascii")
    (tmp_path / "kunci").chmod(0o600)
    script = Scripted()
    with serving(script):
        for more in ({"token_env": "KUNCI_UJI"}, {"token_file": "kunci", "scheme": "Basic"}, {}):
            line_to(tmp_path, script.url, **more).ask(PEOPLE, ("status",), "x")
    assert [each.get("Authorization") for each in script.headers] == ["Bearer dari-lingkungan", "Basic dari-berkas", None]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"url": "http://registry.example/ask"}, "https, or http to this machine only"),
        ({"url": "https://me:secret@registry.example/"}, "no credentials in it"),
        ({"url": "ftp://registry.example/"}, "http(s)://host/path"),
        ({"token": "rahasia"}, "token"),
        ({"batch": 0}, "batch"),
        ({"retries": 99}, "retries"),
        ({"token_env": "TIDAK_ADA_UJI"}, "$TIDAK_ADA_UJI is not set"),
        ({"token_file": "tidak-ada"}, "token_file"),
        ({"token_file": "terbuka"}, "others can read"),
        ({"token_env": "A", "token_file": "b"}, "not both"),
        ({"ca_file": "tidak-ada.pem", "url": "https://registry.example/"}, "ca_file"),
    ],
)
def test_settings_that_can_not_be_used(more: dict[str, object], why: str, tmp_path: Path) -> None:
    (tmp_path / "terbuka").write_text("x", encoding="ascii")
    (tmp_path / "terbuka").chmod(0o644)
    found = open_line(settings(tmp_path, **{"url": "http://127.0.0.1:1/"} | more))
    assert isinstance(found, Diagnostic)
    assert found.code == "settings-wrong" and why in found.words.en


def test_settings_that_are_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        assert isinstance(open_line(path), Diagnostic)
    broken = tmp_path / "x.toml"
    broken.write_text("url = ", encoding="ascii")
    assert isinstance(open_line(broken), Diagnostic)
