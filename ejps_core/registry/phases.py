"""The phase in which each family is decided, by its region, as far as the calendars tell it before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ejps_core.model.ruleset import Calendar
from ejps_core.registry.settling import Longs


def phases_at(calendars: Sequence[Calendar], on: int, regions: pa.Array) -> Longs:
    """The number of the phase that holds the day in each region; 0: none, or not known which."""
    encoded = regions.cast(pa.string()).dictionary_encode()
    numbers = [_one(calendars, on, region) for region in encoded.dictionary.to_pylist()]
    places = encoded.indices.fill_null(len(numbers)).to_numpy(zero_copy_only=False)
    found: Longs = np.array([*numbers, _one(calendars, on, "")], np.int64)[places]
    return found


def _one(calendars: Sequence[Calendar], on: int, region: str) -> int:
    """The phase in the calendar of the longest area that holds the region; 0 where calendars that may hold differ."""
    holding = [(len(area), each) for each in calendars for area in each.areas if _within(region, area)]
    best = (
        max(holding, key=lambda item: item[0])[1] if holding else next((each for each in calendars if not each.areas), None)
    )
    below = [each for each in calendars for area in each.areas if not region or area.startswith(f"{region}.")]
    numbers = {_phase(each, on) for each in (best, *below)}
    return numbers.pop() if len(numbers) == 1 else 0


def _phase(calendar: Calendar | None, on: int) -> int:
    phases = calendar.phases if calendar is not None else ()
    return next((phase.number for phase in phases if phase.first <= on <= phase.last), 0)


def _within(region: str, area: str) -> bool:
    return region == area or region.startswith(f"{area}.")
