"""The benchmark's data: N families and their members as Parquet, seeded; about 3.6 members each, some facts unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

SEED = 20201016
UNKNOWN = 0.05
"""The share of each column that is unknown where every column has unknown facts."""
EPOCH_DAYS = date(2020, 10, 16).toordinal() - date(1970, 1, 1).toordinal()


class Draw:
    """Draws from one random generator; the order of the draws is part of the data."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(SEED)

    def pick(self, values: list[str], shares: list[float], size: int) -> pl.Series:
        """Texts with given shares."""
        return pl.Series(values)[self.rng.choice(len(values), size=size, p=shares).astype(np.uint32)]

    def masked(self, values: Any, share: float) -> pl.Series:
        """The values, a share of them unknown."""
        hide = self.rng.random(len(values)) < share
        return pl.Series(values).set(pl.Series(hide), None)

    def chance(self, share: float, size: int) -> Any:
        """Yes/no with a share of yes."""
        return self.rng.random(size) < share


def families(draw: Draw, n: int) -> pl.DataFrame:
    """The family table; the columns bear the names of the rule files' fields."""
    rng = draw.rng
    return pl.DataFrame(
        {
            "household_id": np.arange(1, n + 1, dtype=np.int64),
            "district": draw.pick(["7501", "7502", "7503", "7504", "7505", "7571"], [0.33, 0.13, 0.14, 0.13, 0.10, 0.17], n),
            "decile": draw.masked(rng.integers(1, 11, n).astype(np.int8), 0.03),
            "in_dtks": draw.chance(0.55, n),
            "monthly_income": draw.masked((rng.lognormal(14.2, 0.7, n) // 1000 * 1000).astype(np.int64), 0.05),
            "roof": draw.pick(["concrete", "tile", "zinc", "thatch"], [0.05, 0.2, 0.65, 0.1], n),
            "wall": draw.pick(["brick", "wood", "bamboo"], [0.6, 0.3, 0.1], n),
            "floor": draw.pick(["ceramic", "cement", "wood", "earth"], [0.35, 0.4, 0.15, 0.1], n),
            "floor_area": rng.integers(12, 121, n).astype(np.int16),
            "ownership": draw.pick(["own", "rent", "free"], [0.8, 0.1, 0.1], n),
            "receives_pkh": draw.chance(0.2, n),
            "receives_bpnt": draw.chance(0.3, n),
            "received_rtlh": draw.chance(0.02, n),
            "civil_status": draw.pick(["active", "moved", "deceased"], [0.95, 0.035, 0.015], n),
        }
    )


def members(draw: Draw, n: int) -> pl.DataFrame:
    """The member table, sorted by family."""
    rng = draw.rng
    size = np.minimum(1 + rng.poisson(2.6, n), 12)
    m = int(size.sum())
    born = EPOCH_DAYS - (rng.beta(1.2, 2.0, m) * 365.25 * 90).astype(np.int32)
    sex = rng.random(m) < 0.5
    age = (EPOCH_DAYS - born) / 365.25
    level = np.select([(age >= 7) & (age < 13), (age >= 13) & (age < 16), (age >= 16) & (age < 19)], [1, 2, 3], 0)
    return pl.DataFrame(
        {
            "household_id": np.repeat(np.arange(1, n + 1, dtype=np.int64), size),
            "birth_date": pl.Series(born.astype(np.int32)).cast(pl.Date),
            "sex": pl.Series(["f", "m"])[sex.astype(np.uint32)],
            "pregnant": ~sex & (age > 15) & (age < 45) & (rng.random(m) < 0.05),
            "school": pl.Series(["none", "sd", "smp", "sma"])[level.astype(np.uint32)],
            "disability": draw.pick(["none", "mild", "severe"], [0.97, 0.02, 0.01], m),
        }
    )


def _written(folder: Path, make: Callable[[], tuple[pl.DataFrame, pl.DataFrame]]) -> tuple[Path, Path]:
    """households.parquet and members.parquet in the folder; made unless they are there."""
    paths = folder / "households.parquet", folder / "members.parquet"
    if not all(path.exists() for path in paths):
        folder.mkdir(parents=True, exist_ok=True)
        for path, frame in zip(paths, make(), strict=True):
            frame.write_parquet(path)
    return paths


def plain(n: int, folder: Path) -> tuple[Path, Path]:
    """The workload's data of n families."""
    draw = Draw()
    return _written(folder / str(n), lambda: (families(draw, n), members(draw, n)))


def unsorted(n: int, folder: Path) -> tuple[Path, Path]:
    """The same with the members in no order."""
    households, people = plain(n, folder)

    def make() -> tuple[pl.DataFrame, pl.DataFrame]:
        return pl.read_parquet(households), pl.read_parquet(people).sample(fraction=1, shuffle=True, seed=SEED)

    return _written(folder / f"{n}-unsorted", make)


def with_nulls(n: int, folder: Path) -> tuple[Path, Path]:
    """The same with facts unknown in every column but the key."""
    sources = plain(n, folder)

    def make() -> tuple[pl.DataFrame, pl.DataFrame]:
        draw = Draw()
        one, other = (pl.read_parquet(source) for source in sources)
        return _hidden(draw, one), _hidden(draw, other)

    return _written(folder / f"{n}-nulls", make)


def unsorted_with_nulls(n: int, folder: Path) -> tuple[Path, Path]:
    """The hardest: facts unknown in every column but the key, and the members in no order."""
    households, people = with_nulls(n, folder)

    def make() -> tuple[pl.DataFrame, pl.DataFrame]:
        return pl.read_parquet(households), pl.read_parquet(people).sample(fraction=1, shuffle=True, seed=SEED)

    return _written(folder / f"{n}-unsorted-nulls", make)


def _hidden(draw: Draw, frame: pl.DataFrame) -> pl.DataFrame:
    columns = [name for name in frame.columns if name != "household_id"]
    return frame.with_columns(frame[name].set(pl.Series(draw.chance(UNKNOWN, len(frame))), None) for name in columns)
