"""`ejps fmt`: what is written, what is said, how it ends."""

import stat
from pathlib import Path

import pytest

from tests.cli.shell import RULES, ejps

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

UNTIDY = RULES.replace("    desil <= batas", "  desil<=batas # batas\n\n\n")


def file(folder: Path, text: str, name: str = "a.ejps") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def test_a_file_is_formatted_once(tmp_path: Path) -> None:
    path = file(tmp_path, "\ufeff" + UNTIDY.replace("\n", "\r\n"))
    path.chmod(0o640)
    done = ejps("fmt", path)
    assert (done.code, done.err) == (0, "")
    assert "dirapikan" in done.out
    written = path.read_bytes()
    assert b"    desil <= batas  # batas\n\ngugur bila" in written
    assert b"\r" not in written and not written.startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    done = ejps("fmt", "--lang", "en", path)
    assert (done.code, done.out) == (0, f"{path}: nothing to change\n")
    assert path.read_bytes() == written
    assert [each.name for each in tmp_path.iterdir()] == ["a.ejps"]


def test_check_names_the_file_and_shows_the_difference(tmp_path: Path) -> None:
    path = file(tmp_path, UNTIDY)
    tidy = file(tmp_path, UNTIDY, "b.ejps")
    assert ejps("fmt", "--quiet", tidy).out == ""
    done = ejps("fmt", "--check", path, tidy)
    assert done.code == 1
    assert "-  desil<=batas # batas" in done.out and "+    desil <= batas  # batas" in done.out
    assert f"{path}: akan berubah" in done.out
    assert f"{tidy}: sudah rapi" in done.out
    assert path.read_text(encoding="utf-8") == UNTIDY
    assert ejps("fmt", "--check", tidy).code == 0


def test_a_file_is_translated_and_back(tmp_path: Path) -> None:
    path = file(tmp_path, UNTIDY)
    assert ejps("fmt", path).code == 0
    before = path.read_bytes()
    assert ejps("fmt", "--to", "en", path).code == 0
    english = path.read_text(encoding="utf-8")
    assert english.startswith('ejps 1 en\nprogram bantuan "Sample aid" id "Bantuan contoh"\n    decides family\n')
    assert "    Rp 178_150\n    shared provinsi 60%, kabupaten 40%\n" in english
    assert ejps("check", path).code == 0
    assert ejps("fmt", "--to", "id", path).code == 0
    assert path.read_bytes() == before


def test_files_with_errors_stay_as_they_are(tmp_path: Path) -> None:
    wrong = UNTIDY.replace("desil<=batas", "desill<=batas")
    path, right = file(tmp_path, wrong), file(tmp_path, UNTIDY, "b.ejps")
    done = ejps("fmt", path, right)
    assert done.code == 1
    assert "name-unknown" in done.err and "desill<=batas" in done.err
    assert path.read_text(encoding="utf-8") == wrong
    assert right.read_text(encoding="utf-8") != UNTIDY


def test_wrong_use(tmp_path: Path) -> None:
    assert ejps("fmt", tmp_path / "tidak-ada.ejps").code == 2
    assert ejps("fmt").code == 2
    assert ejps("fmt", "--to", "fr", file(tmp_path, UNTIDY)).code == 2


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = file(tmp_path, UNTIDY)
    link = tmp_path / "b.ejps"
    link.symlink_to(path)
    assert ejps("fmt", link).code == 0
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") != UNTIDY


def test_what_a_rule_set_extends_is_found_beside_it(tmp_path: Path) -> None:
    file(tmp_path, RULES)
    own = 'ejps 1 id\nketentuan dua "Dua" mengubah bantuan\n  berlaku 2020-02-01 sampai 2020-03-31\n  untuk "75"\n'
    path = file(tmp_path, own + 'ubah batas=3 karena "SK 2"\n', "b.ejps")
    done = ejps("fmt", path)
    assert (done.code, done.err) == (0, "")
    assert path.read_text(encoding="utf-8").endswith('    untuk "75"\n\nubah batas = 3 karena "SK 2"\n')
