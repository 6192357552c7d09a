"""Progress on standard error: only on a terminal, and only when something takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from ejps_core.cli.speech import Speech
from ejps_core.model.words import Words

PATIENCE = 1.0
STAGES = {
    "open": Words("membuka daftar", "opening the list"),
    "families": Words("membaca keluarga", "reading families"),
    "members": Words("membaca anggota", "reading members"),
    "join": Words("menggabungkan", "joining"),
    "decide": Words("menilai", "deciding"),
    "write": Words("menulis hasil", "writing the result"),
}


@contextmanager
def progress(speech: Speech) -> Iterator[Callable[[str, float], None]]:
    """A function to be told the stage and how much of it is done, 0 to 1."""
    if speech.quiet or not sys.stderr.isatty():
        yield lambda stage, done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=1.0)
    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()

    def tell(stage: str, done: float) -> None:
        words = STAGES.get(stage)
        bar.update(task, description=words.say(speech.language) if words else stage, completed=done)

    try:
        yield tell
    finally:
        timer.cancel()
        bar.stop()
