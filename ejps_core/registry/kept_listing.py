"""A listing as one content and back, cell for cell: a register as it was received, kept as Parquet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ejps_core.model.listing import Column, Listing, Texts, Typed
from ejps_core.registry.parquet import column_of, is_text

LAYOUT = b"ejps-listing"
ROWS = "row"


def as_parquet(listing: Listing) -> bytes:
    """The listing with the kinds of its cells; the same listing gives the same bytes."""
    columns: dict[str, pa.Array] = {ROWS: pa.array(listing.rows)}
    for place, column in enumerate(listing.fetch(list(range(len(listing.headers))))):
        if isinstance(column, Typed):
            columns[f"typed:{place}"] = column.values
            continue
        columns[f"text:{place}"] = column.texts.take(pa.array(column.codes))
        if column.kinds.any():
            columns[f"kind:{place}"] = pa.array(column.kinds[column.codes])
    about = {
        "headers": list(listing.headers),
        "header_row": listing.header_row,
        "sheet": listing.sheet,
        "short": list(listing.short),
        "shifted": list(listing.shifted),
        "blanks_hide_errors": listing.blanks_hide_errors,
        "ragged": listing.ragged,
    }
    table = pa.table(columns).replace_schema_metadata({LAYOUT: json.dumps(about, ensure_ascii=False).encode()})
    made = BytesIO()
    pq.write_table(table, made, compression="zstd")
    return made.getvalue()


def from_parquet(content: bytes, name: str) -> Listing:
    """The listing that as_parquet() kept; it is called `name` in findings."""
    table = pq.read_table(pa.BufferReader(content))
    about = json.loads(table.schema.metadata[LAYOUT])

    def fetch(places: Sequence[int]) -> list[Column]:
        return [_column(table, place, about["headers"][place]) for place in places]

    return Listing(
        path=name,
        sheet=about["sheet"],
        headers=tuple(about["headers"]),
        header_row=about["header_row"],
        rows=table.column(ROWS).to_numpy(),
        fetch=fetch,
        short=tuple(about["short"]),
        shifted=tuple(about["shifted"]),
        blanks_hide_errors=about["blanks_hide_errors"],
        ragged=about["ragged"],
    )


def _column(table: pa.Table, place: int, header: str) -> Column:
    names = table.column_names
    if f"typed:{place}" in names:
        return column_of(header, table.column(f"typed:{place}"))
    texts = column_of(header, table.column(f"text:{place}"))
    assert isinstance(texts, Texts) and is_text(texts.texts.type)
    if f"kind:{place}" not in names:
        return texts
    kinds = table.column(f"kind:{place}").to_numpy().astype(np.int64)
    pairs, codes = np.unique(texts.codes.astype(np.int64) * 256 + kinds, return_inverse=True)
    return Texts(header, codes.astype(np.int32), texts.texts.take(pa.array(pairs // 256)), (pairs % 256).astype(np.uint8))
