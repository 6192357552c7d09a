"""The documents hang together: decisions have one form, and every page can be reached from docs/index.md."""

import re
from pathlib import Path

from tests.house.sources import ROOT, project_files

DECISION_LINES = 25
DECISION_PARTS = ("Context", "Choice", "Why", "Consequences")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
INDEX = Path("docs/index.md")


def badly_formed(name: str, text: str) -> list[str]:
    """What is wrong with the form of a decision: title, four parts, one page."""
    lines = text.splitlines()
    complaints = []
    number = name[:4]
    if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name):
        complaints.append(f"{name}: the name is number-title.md")
    if not lines or not lines[0].startswith(f"# {number} "):
        complaints.append(f"{name}: the first line is '# {number} title'")
    if len(lines) > DECISION_LINES:
        complaints.append(f"{name}: {len(lines)} lines, at most {DECISION_LINES}")
    return complaints + [f"{name}: no **{part}.**" for part in DECISION_PARTS if f"**{part}.**" not in text]


def links(page: Path, text: str) -> list[Path]:
    """The files of the project that a page links to, relative to the root."""
    targets = [target for target in LINK.findall(text) if "://" not in target]
    return [(ROOT / page.parent / target).resolve().relative_to(ROOT) for target in targets]


def test_decisions_have_one_form() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*"))
    assert decisions
    assert [c for path in decisions for c in badly_formed(path.name, path.read_text(encoding="utf-8"))] == []


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs/decisions").glob("*"))]
    assert len(numbers) == len(set(numbers))


def test_every_page_is_reached_from_the_index() -> None:
    reached, waiting = set(), [INDEX]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        if page.suffix == ".md" and (ROOT / page).is_file():
            waiting += links(page, (ROOT / page).read_text(encoding="utf-8"))
    assert [str(path) for path in project_files() if path.parts[0] == "docs" and path not in reached] == []


def test_links_lead_somewhere() -> None:
    pages = [path for path in project_files() if path.suffix == ".md"]
    dead = [
        f"{page} -> {target}"
        for page in pages
        for target in links(page, (ROOT / page).read_text(encoding="utf-8"))
        if not (ROOT / target).exists()
    ]
    assert dead == []


def test_these_tests_can_fail() -> None:
    good = "# 0001 x\n" + "\n".join(f"**{part}.** y" for part in DECISION_PARTS)
    assert badly_formed("0001-x.md", good) == []
    assert badly_formed("0002-x.md", good)
    assert badly_formed("0001-x.md", good + "\n" * DECISION_LINES)
    assert badly_formed("0001-x.md", good.replace("**Why.**", ""))
    assert links(INDEX, "[a](decisions/x.md#part) [b](https://example.org/y) [c](../README.md)") == [
        Path("docs/decisions/x.md"),
        Path("README.md"),
    ]
