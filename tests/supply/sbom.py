"""`make sbom`: every package that e-JPS runs with, from the locks, as CycloneDX JSON.

The packages of Python with their hashes as cyclonedx-bom reads them, and those of the front end that are in the script of
the pages. What only developers need is left out.
"""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from tests.house.sources import ROOT

OUT = ROOT / "build" / "sbom.json"
FRONTEND = ROOT / "ejps_core" / "web" / "frontend" / "package-lock.json"
Component = dict[str, Any]


def bill() -> dict[str, Any]:
    """The whole list, the same for the same locks."""
    made = _of_python()
    for each in made["components"]:
        each.update(_licence(each["name"]))
    made["components"] = sorted([*made["components"], *front_end()], key=lambda each: each["bom-ref"])
    return made


def front_end() -> list[Component]:
    """The packages that the script of the pages holds."""
    locked = json.loads(FRONTEND.read_text(encoding="utf-8"))["packages"]
    return [
        _of_npm(path.removeprefix("node_modules/"), each)
        for path, each in locked.items()
        if path and not each.get("dev") and not each.get("optional")
    ]


def _of_python() -> dict[str, Any]:
    asked = [
        sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml", "--output-reproducible",
        "--short-PURLs", "--validate", "locks/run.txt",
    ]  # fmt: skip
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def _of_npm(name: str, locked: dict[str, str]) -> Component:
    algorithm, _, digest = locked["integrity"].partition("-")
    purl = f"pkg:npm/{name.replace('@', '%40')}@{locked['version']}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": locked["version"],
        "purl": purl,
        "hashes": [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}],
        "licenses": [{"license": {"id": locked["license"]}}],
    }


def _licence(name: str) -> Component:
    """The licence of an installed package, as it says itself: an expression, else its words."""
    try:
        told = metadata(name)
    except PackageNotFoundError:  # of another system or version of Python
        return {}
    if "License-Expression" in told:
        return {"licenses": [{"expression": told["License-Expression"]}]}
    classes = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier", []) if each.startswith("License ::")]
    words = classes or [text.splitlines()[0].strip() for text in told.get_all("License", []) if text.strip()]
    return {"licenses": [{"license": {"name": each}} for each in words]} if words else {}


def main() -> int:
    """Writes the list; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    made = bill()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{out}: {len(made['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
