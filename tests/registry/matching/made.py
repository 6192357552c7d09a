"""Small groups of people made by hand."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from ejps_core.registry.matching.people import COLUMNS, People, people

Person = dict[str, object]

FATMA: Person = {"nik": "7501014107859001", "name": "Fatma Lihawa", "birth": date(1985, 7, 1), "region": "75.01.01.2003"}
"""A woman born on 1 July 1985 and first registered in Limboto: the made-up NIK of the rules on NIK."""
JUSUF: Person = {"nik": "7504040505709012", "name": "Moh. Jusuf Daud", "birth": date(1970, 5, 5), "region": "75.04.04.1001"}
HASAN: Person = {"nik": "7504040403909013", "name": "Hasan Katili", "birth": date(1990, 3, 4), "region": "75.04.04.1001"}
HUSAIN: Person = {"nik": "7504040403909014", "name": "Husain Katili", "birth": date(1990, 3, 4), "region": "75.04.04.1001"}
SALMA: Person = {"nik": "7571014512609015", "name": "Salma Pakaya", "birth": date(1960, 12, 5), "region": "75.71.01.1002"}


def group(*rows: Person) -> People:
    """People from rows with some of the columns."""
    kept = {name: kind for name, kind in COLUMNS.items() if name != "ref" or any("ref" in row for row in rows)}
    columns = {name: pa.array([row.get(name) for row in rows], kind) for name, kind in kept.items()}
    return people(pa.table(columns))


def but(person: Person, **changed: object) -> Person:
    """A person with some facts changed; None: unknown."""
    return {**person, **changed}
