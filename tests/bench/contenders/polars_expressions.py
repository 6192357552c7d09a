"""The workload as one lazy Polars query, written by hand. `&` and `|` on nulls are Kleene's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from tests.bench.contenders import Call, Contender, Data
from tests.bench.workloads import FOOD, HOUSE, TOPUP, VERDICTS

LEVELS = (750_000, 600_000, 500_000, 375_000, 225_000)
STATUS = pl.Enum(VERDICTS)


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int64)


def member_facts(members: pl.LazyFrame) -> pl.LazyFrame:
    """Size and sum of the four largest components per family: members of each level counted, four taken from the top."""
    school, born = pl.col("school"), pl.col("birth_date")
    component = (
        pl.when(pl.col("pregnant") | (born > date(2013, 10, 16)))
        .then(_whole(LEVELS[0]))
        .when((pl.col("disability") == "severe") | (born <= date(1960, 10, 16)))
        .then(_whole(LEVELS[1]))
        .when(school == "sma")
        .then(_whole(LEVELS[2]))
        .when(school == "smp")
        .then(_whole(LEVELS[3]))
        .when(school == "sd")
        .then(_whole(LEVELS[4]))
        .otherwise(_whole(0))
    )
    counts = ((pl.col("c") == level).sum().cast(pl.Int64).alias(f"n{i}") for i, level in enumerate(LEVELS))
    facts = (
        members.select("household_id", component.alias("c"))
        .group_by("household_id")
        .agg(pl.len().cast(pl.Int32).alias("size"), *counts)
    )
    left, total = _whole(4), _whole(0)
    for i, level in enumerate(LEVELS):
        facts = facts.with_columns(pl.min_horizontal(left, f"n{i}").alias(f"k{i}"))
        left, total = left - pl.col(f"k{i}"), total + pl.col(f"k{i}") * level
    return facts.select("household_id", "size", total.alias("components"))


def _bad_parts() -> pl.Expr:
    """At least two of the four: true when two are true, false when two can't be reached."""
    parts = [
        pl.col("roof").is_in(["zinc", "thatch"]),
        pl.col("wall").is_in(["wood", "bamboo"]),
        pl.col("floor").is_in(["wood", "earth"]),
        pl.col("floor_area").cast(pl.Int32) * 10 < 72 * pl.col("size"),
    ]
    sure = pl.sum_horizontal(*(part.fill_null(False).cast(pl.Int8) for part in parts))
    possible = pl.sum_horizontal(*(part.fill_null(True).cast(pl.Int8) for part in parts))
    return pl.when(sure >= 2).then(pl.lit(True)).when(possible < 2).then(pl.lit(False)).otherwise(None)


def rules() -> dict[str, tuple[list[pl.Expr], pl.Expr]]:
    """Rules and amount of each program."""
    poor, active, size = pl.col("decile") <= 4, pl.col("civil_status") == "active", pl.col("size").cast(pl.Int64)
    alone = ~pl.col("receives_pkh") & ~pl.col("receives_bpnt")
    return {
        FOOD: ([pl.col("in_dtks"), poor, alone, active, pl.col("monthly_income") <= 400_000 * size], _whole(600_000)),
        TOPUP: ([pl.col("receives_pkh"), active, poor, pl.col("components") > 0], pl.col("components")),
        HOUSE: ([poor, pl.col("ownership") == "own", ~pl.col("received_rtlh"), active, _bad_parts()], _whole(20_000_000)),
    }


def _mask(terms: Sequence[pl.Expr]) -> pl.Expr:
    total = pl.lit(0, dtype=pl.UInt8)
    for i, term in enumerate(terms):
        total = total + term.cast(pl.UInt8) * pl.lit(1 << i, dtype=pl.UInt8)
    return total


def _status(program: str) -> pl.Expr:
    return (
        pl.when(pl.col(f"{program}_failed") > 0)
        .then(pl.lit("ineligible", dtype=STATUS))
        .when(pl.col(f"{program}_unknown") > 0)
        .then(pl.lit("undetermined", dtype=STATUS))
        .otherwise(pl.lit("eligible", dtype=STATUS))
        .alias(f"{program}_status")
    )


def _eligible(program: str) -> pl.Expr:
    return pl.col(f"{program}_status") == pl.lit("eligible", dtype=STATUS)


def query(households: pl.LazyFrame, members: pl.LazyFrame) -> pl.LazyFrame:
    """The whole query."""
    frame = households.join(member_facts(members), on="household_id", how="left", maintain_order="none")
    frame = frame.with_columns(pl.col("size").fill_null(0), pl.col("components").fill_null(0))
    programs = rules()
    frame = frame.with_columns(rule.alias(f"{p}_{i}") for p, (terms, _) in programs.items() for i, rule in enumerate(terms))
    named = {p: [pl.col(f"{p}_{i}") for i in range(len(terms))] for p, (terms, _) in programs.items()}
    masks = [_mask([~rule.fill_null(True) for rule in terms]).alias(f"{p}_failed") for p, terms in named.items()]
    masks += [_mask([rule.is_null() for rule in terms]).alias(f"{p}_unknown") for p, terms in named.items()]
    frame = frame.with_columns(masks).with_columns(_status(p) for p in programs)
    frame = frame.with_columns(
        pl.when(_eligible(p)).then(amount).otherwise(_whole(0)).alias(f"{p}_amount") for p, (_, amount) in programs.items()
    )
    ratio = (pl.col("floor_area") / pl.col("size")).alias("ratio")
    best = (
        frame.filter(_eligible(HOUSE))
        .select("household_id", "district", "decile", ratio)
        .sort("decile", "ratio", "household_id")
        .group_by("district")
        .head(500)
        .select("household_id", pl.lit(True).alias(f"{HOUSE}_selected"))
    )
    columns = [f"{p}_{part}" for p in programs for part in ("status", "failed", "unknown", "amount")]
    return (
        frame.select("household_id", *columns)
        .join(best, on="household_id", how="left", maintain_order="none")
        .with_columns(pl.col(f"{HOUSE}_selected").fill_null(False))
    )


def whole(data: Data, out: Path) -> Call:
    """Streamed from Parquet to Parquet."""

    def call() -> None:
        frame = query(pl.scan_parquet(data.households), pl.scan_parquet(data.members))
        frame.sink_parquet(out, compression="snappy", engine="streaming")

    return call


def alone(data: Data) -> Call:
    """The same from frames in memory to a frame in memory."""
    frame = query(pl.read_parquet(data.households).lazy(), pl.read_parquet(data.members).lazy())
    return lambda: frame.collect(engine="streaming")


CONTENDER = Contender("Polars, by hand", whole, alone, at_most=10_000_000)
