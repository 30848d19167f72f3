"""Starts, kills and restarts Monado's service for a test: null compositor, remote driver, folders of its own.

Enter a `Service`, then open a `Remote`; `kill` and `start` again is what a crash of the runtime looks like to a client.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self


class ServiceError(RuntimeError):
    """The service did not start or died; the message ends with its log."""


class Service:
    """One monado-service. While it is entered, `os.environ` leads this process's OpenXR clients to it."""

    def __init__(self, environment: Mapping[str, str] | None = None, timeout: float = 60.0) -> None:
        """`environment` adds to or replaces the variables the service is started with."""
        self.timeout = timeout
        self.folder = Path()
        self._extra = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._saved: dict[str, str | None] = {}

    def __enter__(self) -> Self:
        if shutil.which("monado-service") is None:
            raise ServiceError("monado-service is not installed: run this through tests/monado/inside.sh")
        # The path holds a socket, and a socket's path ends at 107 bytes: hence /tmp and not $TMPDIR.
        self.folder = Path(tempfile.mkdtemp(prefix="monado-", dir="/tmp"))
        for name, folder in (("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_HOME", "config")):
            (self.folder / folder).mkdir(mode=0o700)
            self._saved[name] = os.environ.get(name)
            os.environ[name] = str(self.folder / folder)
        try:
            self.start()
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            error.add_note(f"--- monado-service's log ---\n{self.log()}")
        self.stop()
        self._clear()

    @property
    def socket_path(self) -> Path:
        return self.folder / "run" / "monado_comp_ipc"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the service and returns when it accepts clients."""
        if self.running:
            raise ServiceError("the service is already running")
        environment = {
            **os.environ,
            "XRT_COMPOSITOR_NULL": "1",
            "XRT_NO_STDIN": "1",
            "P_OVERRIDE_ACTIVE_CONFIG": "remote",
            **self._extra,
        }
        with (self.folder / "service.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["monado-service"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + self.timeout
        while not self._accepts():
            if not self.running:
                raise ServiceError(f"monado-service ended with {self._process.returncode}\n{self.log()}")
            if time.monotonic() > deadline:
                self.kill()
                raise ServiceError(f"monado-service took no client within {self.timeout:g} s\n{self.log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Asks the service to end, and ends it if it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=5.0)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """SIGKILL: the service vanishes as in a crash, its socket file stays behind."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def log(self, lines: int = 60) -> str:
        """The end of what all runs of the service printed."""
        path = self.folder / "service.log"
        if not path.exists():
            return "(no log)"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])

    def _accepts(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(str(self.socket_path))
            except OSError:
                return False
        return True

    def _clear(self) -> None:
        for name, value in self._saved.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(self.folder, ignore_errors=True)
