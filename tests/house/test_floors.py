"""Who may look into whom (docs/architecture.md): downward only, and no clock or IO on the lower floors."""

import ast
import sys
from pathlib import Path

from tests.house.sources import imported_names, package_of, python_files

FRONT_DOOR = "ejps_core"
BELOW_DOORS = {"model", "aid", "reports", "authoring", "app"}
SEES: dict[str, set[str]] = {
    "model": set(),
    "dsl": {"model"},
    "engine": {"model"},
    "hooks": {"model"},
    "aid": {"model"},
    "registry": {"model"},
    "store": {"model"},
    "reports": {"model", "aid"},
    "authoring": {"model", "dsl", "engine"},
    "app": {"model", "dsl", "engine", "hooks", "registry", "store", "aid", "reports", "authoring"},
    "service": BELOW_DOORS,
    "web": {*BELOW_DOORS, "service"},
    "cli": {*BELOW_DOORS, "service", "web"},
    "lsp": BELOW_DOORS,
}
# Modules that stand beside the rooms.
HALL: dict[str, set[str]] = {"__init__": {"model", "hooks"}, "__main__": {"cli"}}

PURE = {"model", "aid", "dsl", "engine"}
IMPURE_MODULES = {
    "time", "random", "secrets", "uuid", "os", "io", "shutil", "tempfile", "subprocess", "socket", "urllib",
    "http", "sqlite3", "glob", "locale", "getpass", "platform",
    "numpy.random", "pyarrow.parquet", "pyarrow.csv", "pyarrow.fs", "pyarrow.dataset", "pyarrow.feather",
}  # fmt: skip
IMPURE_CALLS = {"open", "input", "print"}
# A Path may be named in a declaration; asking the disk about it is for the floors above.
IMPURE_METHODS = {
    "now", "today", "utcnow", "getenv", "urandom",
    "open", "read_text", "write_text", "read_bytes", "write_bytes", "exists", "is_file", "is_dir", "stat",
    "iterdir", "glob", "rglob", "mkdir", "unlink", "cwd", "home",
}  # fmt: skip

SHAPELESS = {"util", "utils", "helper", "helpers", "base", "common", "misc", "manager", "factory", "visitor"}
SHAPELESS_BUT_ALLOWED = {Path("ejps_core/hooks/manager.py")}  # pluggy's own word for what it makes


def room_of(name: str) -> str | None:
    """The room a dotted name of ejps_core leads into; '' for the front door; None for other packages."""
    parts = name.split(".")
    if parts[0] != FRONT_DOOR:
        return None
    return parts[1] if len(parts) > 1 and parts[1] in SEES else ""


def wrong_imports(path: Path, source: str) -> list[str]:
    """The imports of a module of ejps_core that look up or sideways."""
    room = path.parts[1] if len(path.parts) > 2 else path.stem
    allowed = HALL.get(room) if len(path.parts) == 2 else SEES.get(room)
    if allowed is None:
        return [f"{path}: no such room in docs/architecture.md and SEES"]
    complaints = []
    for line, name in imported_names(source, package_of(path)):
        target = room_of(name)
        if target is None or target == room or target in allowed:
            continue
        where = f"the room {target}" if target else "the front door"
        complaints.append(f"{path}:{line}: {room} may not look into {where} ({name})")
    return complaints


def impure_spots(path: Path, source: str) -> list[str]:
    """Where a module of model, dsl or engine could reach a clock, chance, the environment or a file."""
    imports = imported_names(source, package_of(path))
    packaged = path.parts[1] == "dsl" and any(name.startswith("importlib.resources") for _, name in imports)
    complaints = [
        f"{path}:{line}: import of {name}"
        for line, name in imports
        if any(name == bad or name.startswith(bad + ".") for bad in IMPURE_MODULES)
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in IMPURE_CALLS:
                complaints.append(f"{path}:{node.lineno}: call of {function.id}()")
            elif isinstance(function, ast.Attribute) and function.attr in IMPURE_METHODS:
                if packaged and function.attr in {"read_text", "read_bytes"}:
                    continue  # the grammar that is shipped with the package
                complaints.append(f"{path}:{node.lineno}: call of .{function.attr}()")
        elif isinstance(node, ast.Attribute) and node.attr in {"random", "environ"}:
            complaints.append(f"{path}:{node.lineno}: use of .{node.attr}")
    return complaints


def plugin_trespass(path: Path, source: str) -> list[str]:
    """The imports of a plugin that pass the front door or enter another plugin."""
    own = path.parts[2]
    complaints = []
    for line, name in imported_names(source, ".".join(path.parts[2:-1])):
        if room_of(name) or (name.startswith(f"{FRONT_DOOR}.") and name.count(".") > 1):
            complaints.append(f"{path}:{line}: a plugin imports from ejps_core only, not {name}")
        elif name.startswith("ejps_") and name.split(".")[0] not in {own, FRONT_DOOR}:
            complaints.append(f"{path}:{line}: a plugin does not import another plugin ({name})")
    return complaints


def reference_trespass(path: Path, source: str) -> list[str]:
    """The imports of the reference evaluator beyond ejps_core.model and the standard library."""
    allowed = sys.stdlib_module_names | {"__future__"}
    return [
        f"{path}:{line}: the reference evaluator may not import {name}"
        for line, name in imported_names(source, package_of(path))
        if name.split(".")[0] not in allowed
        and room_of(name) != "model"
        and not name.startswith("tests.conformance.reference")
    ]


def test_each_room_looks_downward() -> None:
    assert [c for path, source in python_files("ejps_core") for c in wrong_imports(path, source)] == []


def test_lower_floors_have_no_clock_chance_environment_or_io() -> None:
    rooms = [(path, source) for path, source in python_files("ejps_core") if path.parts[1] in PURE]
    assert [c for path, source in rooms for c in impure_spots(path, source)] == []


def test_plugins_use_the_front_door() -> None:
    packages = [(path, source) for path, source in python_files("plugins") if len(path.parts) > 3]
    assert packages
    assert [c for path, source in packages for c in plugin_trespass(path, source)] == []


def test_the_reference_evaluator_stands_alone() -> None:
    reference = [
        (path, source)
        for path, source in python_files("tests")
        if path.parts[1] == "conformance" and path.parts[2].startswith("reference")
    ]
    assert [c for path, source in reference for c in reference_trespass(path, source)] == []


def test_names_say_what_a_module_is_about() -> None:
    named = [path for path, _ in python_files("ejps_core", "plugins", "tests") if path not in SHAPELESS_BUT_ALLOWED]
    assert [str(path) for path in named if SHAPELESS & set(path.with_suffix("").parts)] == []


def test_these_tests_can_fail() -> None:
    def core(room: str, source: str) -> list[str]:
        return wrong_imports(Path(f"ejps_core/{room}/x.py"), source)

    assert core("model", "from ejps_core.dsl import parse")
    assert core("engine", "from ..dsl.parse import parse")
    assert core("cli", "def f():\n    from ejps_core import engine")
    assert core("app", "from ejps_core import Program")
    assert core("attic", "")
    assert wrong_imports(Path("ejps_core/__init__.py"), "from ejps_core.engine import run")
    assert not core("app", "from ejps_core.engine.run import run")
    assert not core("dsl", "from . import parse\nfrom ..model import Span")

    def pure(source: str, room: str = "engine") -> list[str]:
        return impure_spots(Path(f"ejps_core/{room}/x.py"), source)

    for line in (
        "import os",
        "from time import monotonic",
        "date.today()",
        "open('x')",
        "np.random.rand()",
        "path.exists()",
    ):
        assert pure(line), line
    assert pure("Path('x').read_text()", "dsl")
    assert not pure("from importlib.resources import files\nfiles('x').joinpath('g').read_text()", "dsl")
    assert not pure("from datetime import date\nfrom pathlib import Path\nday = date(2020, 1, 1)")

    plugin = Path("plugins/x/ejps_x/plugin.py")
    assert plugin_trespass(plugin, "from ejps_core.model import Program")
    assert plugin_trespass(plugin, "from ejps_core import dsl")
    assert plugin_trespass(plugin, "import ejps_y")
    assert not plugin_trespass(plugin, "from ejps_core import Program\nfrom .cases import x\nimport ejps_x.y")

    reference = Path("tests/conformance/reference.py")
    assert reference_trespass(reference, "import numpy")
    assert reference_trespass(reference, "from ejps_core.engine import plan")
    assert not reference_trespass(reference, "import datetime\nfrom ejps_core.model import Ruleset")
