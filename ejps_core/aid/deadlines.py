"""Deadlines in working days, and the clocks of objections (keberatan, UU 30/2014)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from ejps_core.model.decreed import ObjectionOutcome
from ejps_core.model.words import Words

OBJECTION_DAYS, ANSWER_DAYS = 21, 10
"""Working days: UU 30/2014 (administrasi pemerintahan), to object and to be answered."""
SATURDAY = 5
OUTCOMES = {
    ObjectionOutcome.GRANTED: Words("dikabulkan", "granted"),
    ObjectionOutcome.PARTLY: Words("dikabulkan sebagian", "granted in part"),
    ObjectionOutcome.REJECTED: Words("ditolak", "rejected"),
    ObjectionOutcome.INADMISSIBLE: Words("tidak diterima", "inadmissible"),
    ObjectionOutcome.TAKEN_BACK: Words("dicabut", "taken back"),
}


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Whether offices work: Monday to Friday, but for public holidays."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days_after(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The `count`-th working day after a day, which itself doesn't count.

    >>> working_days_after(date(2020, 10, 16), 10)
    datetime.date(2020, 10, 30)
    """
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day, holidays):
            day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Clock:
    """The days by which an objection has to be filed and answered. late: it was filed after its day."""

    file_by: date
    answer_by: date
    late: bool

    def overdue(self, today: date, decided_on: date | None) -> bool:
        """Whether the answer is, or was, given too late."""
        return (today if decided_on is None else decided_on) > self.answer_by


def clock(known_on: date, filed_on: date, holidays: Collection[date] = ()) -> Clock:
    """The clock of an objection: 21 working days from when the family knew, 10 to answer from when it was filed."""
    file_by = working_days_after(known_on, OBJECTION_DAYS, holidays)
    return Clock(file_by, working_days_after(filed_on, ANSWER_DAYS, holidays), filed_on > file_by)
