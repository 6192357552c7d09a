"""OpenFisca: whole columns at a time; text columns come as dictionary codes and are handed over as indices of its enums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.contenders import Call, Contender, Data
from tests.bench.workloads import HOUSE, ON, VERDICTS

TODAY = ON.isoformat()


def _text(table: pa.Table, name: str, choice: Any) -> Any:
    column = table.column(name).unify_dictionaries().combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    names, begins = list(choice.names), "d" if name == "district" else ""
    index = np.array([names.index(begins + entry) for entry in column.dictionary.to_pylist()], np.uint8)
    return choice.encode(index[column.indices.to_numpy()])


def build(system: Any, data: Data) -> tuple[Any, Any]:
    """A simulation filled from Parquet, and the ids."""
    from openfisca_core.simulation_builder import SimulationBuilder

    from tests.bench.openfisca_system import FLAGS, MEMBER_TEXTS, TEXTS

    households = pq.read_table(data.households, read_dictionary=list(TEXTS))
    columns = ["household_id", "birth_date", "pregnant", *MEMBER_TEXTS]
    members = pq.read_table(data.members, read_dictionary=list(MEMBER_TEXTS), columns=columns)
    ids = households.column("household_id").to_numpy()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(members)))
    entity = builder.declare_entity("household", ids)
    builder.join_with_persons(entity, members.column("household_id").to_numpy(), np.zeros(len(members), np.int64))
    simulation = builder.build(system)
    facts = {name: _text(households, name, choice) for name, choice in TEXTS.items()}
    facts |= {name: _text(members, name, choice) for name, choice in MEMBER_TEXTS.items()}
    facts |= {"birth": members.column("birth_date").to_numpy(), "pregnant": members.column("pregnant").to_numpy()}
    facts |= {name: households.column(name).to_numpy() for name in (*FLAGS, "floor_area")}
    for name in ("decile", "monthly_income"):
        facts[f"{name}_known"] = households.column(name).is_valid().to_numpy()
        facts[name] = households.column(name).fill_null(0).to_numpy()
    for name, values in (facts | {"household_number": ids}).items():
        simulation.set_input(name, TODAY, values)
    return simulation, ids


def calculate(simulation: Any) -> dict[str, Any]:
    """All answers."""
    from tests.bench.openfisca_system import OUTPUTS

    return {name: simulation.calculate(name, f"day:{TODAY}") for name in OUTPUTS}


def _column(name: str, values: Any) -> pa.Array:
    if name.endswith("_status"):
        return pa.DictionaryArray.from_arrays(pa.array(np.asarray(values).astype(np.int8)), pa.array(VERDICTS))
    if name == f"{HOUSE}_selected":
        return pa.array(values)
    return pa.array(values.astype(np.int64 if name.endswith("_amount") else np.uint8))


def whole(data: Data, out: Path) -> Call:
    """Parquet in, Parquet out; the system of variables is made once."""
    from tests.bench.openfisca_system import made

    system = made()

    def call() -> None:
        simulation, ids = build(system, data)
        found = {name: _column(name, values) for name, values in calculate(simulation).items()}
        pq.write_table(pa.table({"household_id": pa.array(ids), **found}), out, compression="snappy")

    return call


def alone(data: Data) -> Call:
    """From arrays to arrays: what was calculated is forgotten before each call."""
    from tests.bench.openfisca_system import made

    system = made()
    simulation, _ = build(system, data)

    def call() -> object:
        for name, definition in system.variables.items():
            if definition.formulas:
                simulation.delete_arrays(name)
        return calculate(simulation)

    return call


CONTENDER = Contender("OpenFisca", whole, alone)
