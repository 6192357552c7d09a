"""Logs in structured form, without numbers of identity: what happened to a request, a job, a worker."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from ejps_core.model.masking import LINE_END, mask_numbers, visible

LOG = "ejps"
TRACEBACK = "exception"
"""The one field of several lines: which they are is up to Python, not to a caller."""


def set_up(form: str, level: str) -> None:
    """Says how logs are written from now on, those of libraries too: to standard error, a line an event."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redacted,
    ]
    last = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else structlog.dev.ConsoleRenderer(
        colors=False
    )  # fmt: skip
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    for name in (LOG, "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = [handler], False
        logger.setLevel(level.upper())
    logging.getLogger("uvicorn.access").disabled = True  # our own line says more, and masks


def log() -> structlog.stdlib.BoundLogger:
    """The logger of the service."""
    made: structlog.stdlib.BoundLogger = structlog.get_logger(LOG)
    return made


def redacted(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The event with every long number masked and each text on one line, in whatever field or depth it stands."""
    return {str(key): _masked(value, one_line=key != TRACEBACK) for key, value in event.items()}


def _masked(value: object, *, one_line: bool = True) -> object:
    if isinstance(value, str):
        text = mask_numbers(visible(value))
        return text.replace("\n", LINE_END) if one_line else text
    if isinstance(value, bytes):
        return _masked(value.decode("utf-8", "replace"))
    if isinstance(value, bool) or value is None or isinstance(value, float):
        return value
    if isinstance(value, int):
        text = mask_numbers(str(value))
        return value if text == str(value) else text
    if isinstance(value, dict):
        return {str(key): _masked(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(each) for each in value]
    return _masked(str(value))
