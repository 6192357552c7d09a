"""A child process that opens files of others: asked by lines of JSON, ended when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any

import numpy as np

SCRIPT = Path(__file__).with_name("sheet_reader.py")
"""What opens lists in the child."""


class Child:
    """A script in a process of its own, without the project's modules. Its answers never raise: an error is in them."""

    def __init__(self, script: Path, seconds: float) -> None:
        self._until = monotonic() + seconds
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question; an error "lost" if the child died, "time" if it took too long."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return self._lost()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        """The next line of an answer."""
        assert self._process.stdout is not None
        alarm = Timer(max(self._until - monotonic(), 0), self._process.kill)
        alarm.start()
        try:
            line = self._process.stdout.readline()
        except OSError:
            line = b""
        finally:
            alarm.cancel()
        if not line.endswith(b"\n"):
            return self._lost()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _lost(self) -> dict[str, Any]:
        return {"error": "time" if monotonic() >= self._until else "lost"}

    def data(self, count: int) -> bytes:
        """So many bytes behind a line; EOFError if the child died."""
        assert self._process.stdout is not None
        data = self._process.stdout.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def numbers(self, count: int) -> np.ndarray[Any, np.dtype[np.int32]]:
        """So many 32-bit integers behind a line; EOFError if the child died."""
        return np.frombuffer(self.data(4 * count), np.int32)
