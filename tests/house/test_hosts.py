"""The project builds anywhere: no file names a package registry's host or a folder of one machine."""

import re

from tests.house.sources import text_files

# Put together here, so that this file does not hold what it looks for.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("conda", "anaconda", "org"),
    )
]
FOLDERS = ["/".join(("", name, "")) for name in ("work", "root", "opt/wheels")]
UNWANTED = re.compile("|".join([*map(re.escape, HOSTS), *(rf"(?<![\w.}})]){re.escape(f)}" for f in FOLDERS)]))


def unwanted(text: str) -> list[tuple[int, str]]:
    """(line, what) of hosts of registries and folders of one machine."""
    return [(number, found) for number, line in enumerate(text.splitlines(), start=1) for found in UNWANTED.findall(line)]


def test_no_file_names_a_registry_or_a_machine() -> None:
    assert [f"{path}:{line}: {found}" for path, text in text_files() for line, found in unwanted(text)] == []


def test_this_test_can_fail() -> None:
    for host in HOSTS:
        assert unwanted(f"see https://{host}/x"), host
    for folder in FOLDERS:
        assert unwanted(f"'{folder}main'"), folder
    assert not unwanted("the docs/root/x folder, https://example.org")
