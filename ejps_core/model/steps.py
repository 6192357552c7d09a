"""The stations of the money of a program, on its way from the budget to the families."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """A station of the money. Transferred, spent and received are three different things."""

    CEILING = "ceiling"
    REQUEST = "request"
    ADVANCE = "advance"
    """Advance funding: the district pays before the province has transferred."""
    TRANSFER = "transfer"
    """To the district's treasury, by an order to pay out (SP2D); families have nothing yet."""
    PACKAGE = "package"
    TAX = "tax"
    DISTRIBUTION = "distribution"
    RECEIPT = "receipt"
    REFUND = "refund"
    FAILURE = "failure"
    """Aid that could not be handed over."""


class Compared(StrEnum):
    """The answer for a payment when a file of the treasury or a bank is compared with the entries."""

    MATCHED = "matched"
    MISSING_HERE = "missing_here"
    """In the file, not on record."""
    MISSING_THERE = "missing_there"
    """On record, not in the file."""
    AMOUNT_DIFFERS = "amount_differs"
    DATE_DIFFERS = "date_differs"
