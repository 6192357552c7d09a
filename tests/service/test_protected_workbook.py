"""A protected workbook asks for its password in the browser; the password is nowhere afterwards."""

from __future__ import annotations

import io
import re

import msoffcrypto.format.ooxml as ooxml
import pytest

from ejps_core.store.acts import Role
from tests.service.aid_office import workbook
from tests.service.office import OWN, Browser, Office, form_proof, name_of

SECRET = "tahap-tiga-rahasia"


def protected(content: bytes) -> bytes:
    """The workbook under a password, as a spreadsheet protects it."""
    made = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(content)).encrypt(SECRET, made)
    return made.getvalue()


def opened_with(browser: Browser, upload: str, job: str, password: str) -> str:
    """The text of the page, or where it leads."""
    data = {"csrf": form_proof(browser.get("/akun").text), "job": job, "password": password}
    answer = browser.ask("POST", f"/unggahan/{upload}/sandi", data=data, follow_redirects=False)
    return str(answer.headers.get("location") or answer.text)


def test_it_is_read_once_its_password_is_given(here: Office, capfd: pytest.CaptureFixture[str]) -> None:
    operator = here.browser(name_of(Role.DISTRICT, OWN))
    sent = operator.ask("POST", "/api/v1/uploads?name=usulan.xlsx", content=protected(workbook(OWN))).json()
    assert operator.ended(sent["job"])["state"] == "failed"
    page = operator.get(f"/unggahan/{sent['upload']}?job={sent['job']}").text
    assert "dilindungi kata sandi" in page and 'type="password"' in page
    wrong = opened_with(operator, sent["upload"], sent["job"], "bukan ini")
    assert "salah" in wrong and "bukan ini" not in wrong
    goes = opened_with(operator, sent["upload"], sent["job"], SECRET)
    job = re.search(r"job=(\w+)", goes)
    assert job is not None, goes[-500:]
    assert operator.done(job[1])["summary"]["rows"] == 11
    files = here.settings.files
    assert files is not None
    kept = b"".join(path.read_bytes() for path in sorted(files.parent.rglob("*")) if path.is_file())
    assert SECRET.encode() not in kept
    assert SECRET not in "".join(capfd.readouterr())
