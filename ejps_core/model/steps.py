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
