"""The service listening on its socket: in this process, or in several that this one starts, minds and stops."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from ejps_core.service.settings import Settings
from ejps_core.service.together import Together

if TYPE_CHECKING:
    from fastapi import FastAPI

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder where several processes count together; the library of figures reads it when it is imported."""
LONGEST_HEAD = 1 << 16
KEPT_SECONDS = 15
LOOKED_EVERY = 0.5
Make = Callable[[Settings, Together], "FastAPI"]


class _Server(uvicorn.Server):
    """uvicorn's server. Whoever waits for events is let go as soon as it is told to stop."""

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """It is time to stop."""
        self._app.state.running.stopping = True
        super().handle_exit(sig, frame)


def serve_here(app: FastAPI, settings: Settings, listening: socket.socket) -> None:
    """Serves in this process until it is told to stop."""
    _server(app, settings).run(sockets=[listening])


class Several:
    """The processes of one service, minded here; StoreError if the store can't be opened.

    One that dies is replaced. Workers are minded here too, where no request can disturb that.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder = tempfile.mkdtemp(prefix="ejps-figures-")
        os.environ[FOLDER] = self._folder
        self.settings, self.together, self._told = settings, Together.new(), threading.Event()
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        from ejps_core.app.access.opening import open_for_nobody
        from ejps_core.app.stores import StoreOptions
        from ejps_core.service.figures import Figures
        from ejps_core.service.logs import set_up
        from ejps_core.service.workers import Workers

        settings = self.settings
        set_up(settings.log_form, settings.log_level)
        self.figures = Figures()
        self.store = open_for_nobody(StoreOptions(settings.store, settings.keys, settings.files))
        self.workers = Workers(settings, self.store, self.figures.lost.inc)
        self._context = multiprocessing.get_context("spawn")

    def close(self) -> None:
        """Lets go of what the processes shared."""
        self.together.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def serve(self, make: Make, listening: socket.socket) -> None:
        """Serves until it is told to stop. make: what makes the application in each process, by its name."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: self._told.set())
        self.workers.start()
        self.together.workers = self.workers.living
        processes = [self._one(make, listening) for _ in range(self.settings.processes)]
        while not self._told.wait(LOOKED_EVERY):
            self.together.workers = self.workers.living
            processes = [each if each.is_alive() else self._instead(each, make, listening) for each in processes]
        self._stop(processes)
        self.workers.stop()
        self.store.engine.dispose()

    def _one(self, make: Make, listening: socket.socket) -> BaseProcess:
        given = (make, self.settings, listening, self.together.path, os.getpid())
        process = self._context.Process(target=_one_of_several, args=given, daemon=True)
        process.start()
        return process

    def _instead(self, gone: BaseProcess, make: Make, listening: socket.socket) -> BaseProcess:
        from ejps_core.service.logs import log

        log().error("service.lost", pid=gone.pid, exit=gone.exitcode)
        if gone.pid is not None:
            self.figures.forget(gone.pid)
        return self._one(make, listening)

    def _stop(self, processes: list[BaseProcess]) -> None:
        """Lets requests under way end, for a while."""
        for process in processes:
            process.terminate()
        until = time.monotonic() + self.settings.stop_seconds + KEPT_SECONDS
        for process in processes:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _one_of_several(make: Make, settings: Settings, listening: socket.socket, shared: Path, parent: int) -> None:
    """The whole life of a process that serves among others. It does not outlive the one that minds it."""
    server = _server(make(settings, Together(shared)), settings)

    def follow() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKED_EVERY)
        server.should_exit = True

    threading.Thread(target=follow, name="follow", daemon=True).start()
    server.run(sockets=[listening])


def _server(app: FastAPI, settings: Settings) -> _Server:
    return _Server(
        app,
        uvicorn.Config(
            app, http="h11", log_config=None, access_log=False, server_header=False, proxy_headers=False, lifespan="on",
            timeout_graceful_shutdown=settings.stop_seconds, timeout_keep_alive=KEPT_SECONDS,
            h11_max_incomplete_event_size=LONGEST_HEAD,
        )
    )  # fmt: skip
