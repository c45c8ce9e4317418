"""Shows how far the set-up is: which step of how many, what it does, and for how long already."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from .failure import SetupFailed

REDRAW_S = 0.2
# Without a terminal there is no line to redraw, so a line is printed this often.
HEARTBEAT_S = 15.0
TAIL_LINES = 25
SPINS_PER_S = 5
SPINNER = "|/-\\"


class Progress:
    """Counts the steps and runs their programs, whose output goes to a log file.

    Args:
        total: how many steps there will be.
        log: the file that takes what the programs print.
        stream: where the person reads; standard error by default.
    """

    def __init__(self, total: int, log: Path, stream: IO[str] | None = None) -> None:
        self._total = total
        self._log = log
        self._stream = stream or sys.stderr
        self._moving = self._stream.isatty()
        self._step = 0
        self._title = ""
        self._began = 0.0
        self._last_shown = 0.0
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("")

    def begin(self, title: str) -> None:
        """Starts the next step."""
        self._step += 1
        self._title = title
        self._began = self._last_shown = time.monotonic()
        if not self._moving:
            self._print(f"{self._heading()} ...")

    def end(self) -> None:
        """Ends the step and says how long it took."""
        self._clear()
        self._print(f"{self._heading()}: done in {self._elapsed_s():.0f} s")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Runs one program of the step, showing its last line as it goes.

        Raises:
            SetupFailed: it could not be started, or ended with an error.
        """
        arguments = [str(part) for part in command]
        tail: deque[str] = deque(maxlen=TAIL_LINES)
        with self._log.open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"$ {' '.join(arguments)}\n")
            try:
                process = subprocess.Popen(
                    arguments,
                    cwd=cwd,
                    env=None if environment is None else dict(environment),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                )
            except OSError as error:
                raise SetupFailed(f"{arguments[0]} cannot be started: {error.strerror}.") from error
            with process:
                try:
                    self._follow(process, log, tail)
                except BaseException:
                    process.kill()
                    raise
        if process.returncode != 0:
            self._clear()
            shown = "\n".join(f"  | {line}" for line in tail)
            raise SetupFailed(f"{self._title} failed (all of its output: {self._log}):\n{shown}")

    def _follow(self, process: subprocess.Popen[bytes], log: IO[str], tail: deque[str]) -> None:
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        os.set_blocking(descriptor, False)
        rest = b""
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while True:
                if selector.select(REDRAW_S):
                    chunk = os.read(descriptor, 65536)
                    if not chunk:
                        break
                    *lines, rest = (rest + chunk).replace(b"\r", b"\n").split(b"\n")
                    for line in lines:
                        text = line.decode("utf-8", "replace").rstrip()
                        if text:
                            log.write(text + "\n")
                            tail.append(text.strip())
                self._show(tail[-1] if tail else "")

    def _show(self, detail: str) -> None:
        now = time.monotonic()
        if self._moving:
            if now - self._last_shown < REDRAW_S:
                return
            spinner = SPINNER[int(now * SPINS_PER_S) % len(SPINNER)]
            line = f"{spinner} {self._heading()}  {self._elapsed_s():.0f} s  {detail}"
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r\x1b[2K" + line[:width])
            self._stream.flush()
        elif now - self._last_shown >= HEARTBEAT_S:
            self._print(f"{self._heading()}: {self._elapsed_s():.0f} s  {detail[:100]}")
        else:
            return
        self._last_shown = now

    def _heading(self) -> str:
        return f"[{self._step}/{self._total}] {self._title}"

    def _elapsed_s(self) -> float:
        return time.monotonic() - self._began

    def _clear(self) -> None:
        if self._moving:
            self._stream.write("\r\x1b[2K")

    def _print(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()
