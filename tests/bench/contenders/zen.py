"""The ZEN engine (GoRules, Rust): one JDM graph, one evaluation a family; the ranking in a district is plain Python.

ZEN has no unknown values (comparing null is an error): rules guard nulls by hand. It has no sort either, so the four largest
components are taken from counts. Ages are given as numbers.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zen

from tests.bench.contenders import Call, Contender, Data
from tests.bench.workloads import FOOD, HOUSE, ON, TOPUP

BEST = 500
LEVELS = (750_000, 600_000, 500_000, 375_000, 225_000)
NOT_POOR, DECILE_UNKNOWN = "(decile != null and decile > 4)", "decile == null"
INACTIVE = "civil_status != 'active'"
FACTS = {
    "levels": "map(members, #.pregnant or #.age <= 6 ? 750000 : #.disability == 'severe' or #.age >= 60 ? 600000 : "
    "#.school == 'sma' ? 500000 : #.school == 'smp' ? 375000 : #.school == 'sd' ? 225000 : 0)",
    **{f"n{i}": f"count($.levels, # == {level})" for i, level in enumerate(LEVELS)},
    **{f"k{i}": f"min([$.n{i}, 4{''.join(f' - $.k{j}' for j in range(i))}])" for i in range(len(LEVELS))},
    "components": " + ".join(f"$.k{i} * {level}" for i, level in enumerate(LEVELS)),
    "bad": "(roof in ['zinc', 'thatch'] ? 1 : 0) + (wall in ['wood', 'bamboo'] ? 1 : 0) + "
    "(floor in ['wood', 'earth'] ? 1 : 0) + (floor_area * 10 < 72 * household_size ? 1 : 0)",
}
FAILS = {
    FOOD: (
        "not in_dtks",
        NOT_POOR,
        "receives_pkh or receives_bpnt",
        INACTIVE,
        "(monthly_income != null and monthly_income > 400000 * household_size)",
    ),
    TOPUP: ("not receives_pkh", INACTIVE, NOT_POOR, "$.components == 0"),
    HOUSE: (NOT_POOR, "ownership != 'own'", "received_rtlh", INACTIVE, "$.bad < 2"),
}
OPENS = {FOOD: {1: DECILE_UNKNOWN, 4: "monthly_income == null"}, TOPUP: {2: DECILE_UNKNOWN}, HOUSE: {0: DECILE_UNKNOWN}}
AMOUNTS = {FOOD: "600000", TOPUP: "$.components", HOUSE: "20000000"}
FIELDS = {"status": pa.string(), "failed": pa.uint8(), "unknown": pa.uint8(), "amount": pa.int64()}

Record = dict[str, Any]


def graph() -> str:
    """The rules as a JDM graph."""
    expressions = dict(FACTS)
    for p, fails in FAILS.items():
        expressions[f"{p}_failed"] = " + ".join(f"({term} ? {1 << i} : 0)" for i, term in enumerate(fails))
        expressions[f"{p}_unknown"] = " + ".join(f"({term} ? {1 << i} : 0)" for i, term in OPENS[p].items())
        status = f"$.{p}_failed > 0 ? 'ineligible' : $.{p}_unknown > 0 ? 'undetermined' : 'eligible'"
        expressions[f"{p}_status"] = status
        expressions[f"{p}_amount"] = f"$.{p}_status == 'eligible' ? {AMOUNTS[p]} : 0"
    content = {"expressions": [{"id": key, "key": key, "value": value} for key, value in expressions.items()]}
    place = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "name": "request", "type": "inputNode", "position": place},
        {"id": "rules", "name": "rules", "type": "expressionNode", "position": place, "content": content},
        {"id": "out", "name": "response", "type": "outputNode", "position": place},
    ]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in (("in", "rules"), ("rules", "out"))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def age(birth: date) -> int:
    """Whole years completed on the evaluation date."""
    return ON.year - birth.year - ((birth.month, birth.day) > (ON.month, ON.day))


def load(data: Data) -> list[Record]:
    """Families as dictionaries, each with its members."""
    households: list[Record] = pq.read_table(data.households).to_pylist()
    own: dict[int, list[Record]] = {household["household_id"]: [] for household in households}
    for member in pq.read_table(data.members).to_pylist():
        birth = member.pop("birth_date")
        own[member["household_id"]].append(member | {"age": age(birth)})
    for household in households:
        household["members"] = own[household["household_id"]]
        household["household_size"] = len(household["members"])
    return households


def best(households: list[Record], answers: list[Record]) -> set[int]:
    """The row numbers of the best of each district."""
    contests: dict[str, list[tuple[tuple[int, float, int], int]]] = {}
    for row, (h, answer) in enumerate(zip(households, answers, strict=True)):
        if answer[f"{HOUSE}_status"] == "eligible":
            key = (h["decile"], h["floor_area"] / h["household_size"], h["household_id"])
            contests.setdefault(h["district"], []).append((key, row))
    return {row for contest in contests.values() for _, row in sorted(contest)[:BEST]}


def decide(decision: Any, households: list[Record]) -> tuple[list[Record], set[int]]:
    """The answers, and the rows selected."""
    answers = [decision.evaluate(household)["result"] for household in households]
    return answers, best(households, answers)


def whole(data: Data, out: Path) -> Call:
    """Parquet in, Parquet out."""
    decision = zen.ZenEngine().create_decision(graph())

    def call() -> None:
        households = load(data)
        answers, selected = decide(decision, households)
        columns = {"household_id": pa.array([h["household_id"] for h in households], pa.int64())}
        for p in FAILS:
            for name, kind in FIELDS.items():
                found = (answer[f"{p}_{name}"] for answer in answers)
                columns[f"{p}_{name}"] = pa.array([one if name == "status" else int(one) for one in found], kind)
        columns[f"{HOUSE}_selected"] = pa.array([row in selected for row in range(len(households))])
        pq.write_table(pa.table(columns), out, compression="snappy")

    return call


def alone(data: Data) -> Call:
    """From dictionaries to dictionaries."""
    decision, households = zen.ZenEngine().create_decision(graph()), load(data)
    return lambda: decide(decision, households)


CONTENDER = Contender("ZEN", whole, alone, at_most=2_000)
