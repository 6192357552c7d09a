"""A small list of made-up people, and those who act on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.lists import Incoming, Row
from ejps_core.store.people import Identity
from ejps_core.store.sealing import new_pseudonyms
from ejps_core.store.words import RowVerdict, Unit

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
SYSTEM = Act("Sistem", Role.SYSTEM, Purpose.ADMINISTRATION, NOON)
OFFICER = Act("Rahma Pakaya", Role.DISTRICT, Purpose.IMPORT, NOON, "terima daftar Maret", "75.04")
PROVINCE = Act("Yusuf Lihawa", Role.PROVINCE, Purpose.MATCHING, NOON, "pemadanan Maret")
PROTECTION = Act("Tuna Olii", Role.PROTECTION, Purpose.SUBJECT_ACCESS, NOON, "permintaan subjek data")
NIKS = tuple(f"750404410785{serial}" for serial in range(9010, 9020))
KKS = tuple(f"750404010120{serial}" for serial in range(9110, 9120))


def later(act: Act, **step: float) -> Act:
    """The same act some time later."""
    return replace(act, at=act.at + timedelta(**step))


def sample(count: int = 3, *, file: bytes = b"PK example", list_id: int | None = None) -> Incoming:
    """A list of families, one row each, the last one set apart."""
    pids = new_pseudonyms(count)
    people = [
        Identity(
            pid, Unit.FAMILY, None, NIKS[i % 10], KKS[i % 10], f"Nama Rahasia {i}", f"Dusun Rahasia {i}", "081340009001"
        )
        for i, pid in enumerate(pids[:-1])
    ]
    rows = [
        Row(i + 1, "Desa A", i + 5, Unit.FAMILY, pid, None, RowVerdict.ACCEPTED, (), f"{i:032x}")
        for i, pid in enumerate(pids[:-1])
    ]
    apart = {"code": "NIK_FORMAT", "column": "NIK", "value": f"{NIKS[9]}X"}
    rows.append(Row(count, "Desa A", count + 4, Unit.FAMILY, None, None, RowVerdict.SET_APART, (apart,), "f" * 32))
    return Incoming(
        district="75.04",
        district_name="Kabupaten Pohuwato",
        title="JPS Maret",
        file_name="daftar.xlsx",
        file=file,
        shape="a" * 64,
        rows=rows,
        people=people,
        families=pa.table({"pid": pids[:-1], "in_dtks": pa.array([True] * (count - 1), pa.bool_())}),
        members=pa.table({"pid": pa.array([], pa.string())}),
        counts={"rows": count, "accepted": count - 1, "with_remark": 0, "set_apart": 1},
        program="jps_food_aid",
        list_id=list_id,
    )


DAY = date(2026, 3, 2)
