"""Processes as forks of one that has loaded what they need, as the supervisor sees them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

from cse.cli.supervisor.fork_server import PACKET_BYTES_MAX
from cse.cli.supervisor.process import LINE_BYTES_MAX

_COMMAND: Final = (sys.executable, "-P", "-m", "cse.cli.supervisor.fork_server")


class ForkedProcess:
    """One process that the server made; used like `asyncio.subprocess.Process`."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._ended = asyncio.Event()

    async def wait(self) -> int:
        """Its exit code, once it has ended; that of a signal is negative."""
        await self._ended.wait()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, signal: int) -> None:
        """Sends a signal, unless it has ended.

        Raises:
            ProcessLookupError: it is gone, and its end has not been told yet.
        """
        if self.returncode is None:
            os.kill(self.pid, signal)

    def end(self, code: int) -> None:
        """Takes note of its end."""
        self.returncode = code
        self._ended.set()


class ForkServer:
    """Starts services from a process that has loaded their modules, and which it starts when first asked.

    A server that is gone takes along all that it made, as a supervisor does that is gone; the next start
    makes another one.

    Args:
        modules: what it loads.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = tuple(modules)
        self._server: asyncio.subprocess.Process | None = None
        self._channel: socket.socket | None = None
        self._launching = asyncio.Lock()
        self._asked: deque[tuple[asyncio.Future[ForkedProcess], asyncio.StreamReader]] = deque()
        self._forked: dict[int, ForkedProcess] = {}
        self._outputs: WeakSet[asyncio.ReadTransport] = WeakSet()

    @property
    def pid(self) -> int | None:
        """The server's process; None while there is none."""
        return self._server.pid if self._server is not None and self._channel is not None else None

    async def open(self) -> socket.socket:
        """Has the server load its modules, where there is none yet; returns at once.

        Raises:
            OSError: its process cannot be made.
        """
        async with self._launching:
            return self._channel or await self._launch()

    async def start(
        self, name: str, arguments: Sequence[str], environment: Mapping[str, str], descriptors: Sequence[int]
    ) -> ForkedProcess:
        """Makes a process that runs `python -m cse` with these arguments.

        Raises:
            OSError: the server or the process cannot be made.
        """
        output, written = os.pipe2(os.O_CLOEXEC)
        try:
            stdout = await self._reader(output)
            channel = await self.open()
            request = {
                "name": name,
                "arguments": [*arguments],
                "environment": {**os.environ, **environment},
                "descriptors": [*descriptors],
            }
            socket.send_fds(channel, [json.dumps(request).encode()], [written, *descriptors])
        finally:
            os.close(written)
        started: asyncio.Future[ForkedProcess] = asyncio.get_running_loop().create_future()
        self._asked.append((started, stdout))
        return await started

    async def close(self) -> None:
        """Ends the server, once all that it made has ended, and reads no more of what they said."""
        if self._channel is not None:
            self._lose()
        if self._server is not None:
            await self._server.wait()
        for output in self._outputs:
            output.close()

    async def _reader(self, descriptor: int) -> asyncio.StreamReader:
        """Reads a pipe, which the loop closes at its end."""
        reader = asyncio.StreamReader(limit=LINE_BYTES_MAX)
        pipe = os.fdopen(descriptor, "rb", buffering=0)
        output, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        self._outputs.add(output)
        return reader

    async def _launch(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            ours.setblocking(False)
            try:
                self._server = await asyncio.create_subprocess_exec(
                    *_COMMAND,
                    str(os.getpid()),
                    str(theirs.fileno()),
                    *self._modules,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                )
            except OSError:
                ours.close()
                raise
        self._channel = ours
        asyncio.get_running_loop().add_reader(ours, self._answered)
        return ours

    def _answered(self) -> None:
        """Takes all answers that are there."""
        assert self._channel is not None
        with suppress(BlockingIOError):
            while packet := self._packet(self._channel):
                self._take(json.loads(packet))
            self._lose()

    @staticmethod
    def _packet(channel: socket.socket) -> bytes:
        try:
            return channel.recv(PACKET_BYTES_MAX)
        except ConnectionResetError:
            return b""

    def _take(self, answer: dict[str, Any]) -> None:
        if "ended" in answer:
            self._forked.pop(answer["ended"]).end(answer["code"])
            return
        started, stdout = self._asked.popleft()
        if "refused" in answer:
            _fail(started, OSError(answer["refused"]))
            return
        process = self._forked[answer["started"]] = ForkedProcess(answer["started"], stdout)
        if not started.cancelled():
            started.set_result(process)

    def _lose(self) -> None:
        """The server is gone, and with it all that it made."""
        assert self._channel is not None
        asyncio.get_running_loop().remove_reader(self._channel)
        self._channel.close()
        self._channel = None
        for process in self._forked.values():
            process.end(-signal.SIGKILL)
        self._forked.clear()
        for started, _ in self._asked:
            _fail(started, ChildProcessError("the process that services are forked from has ended"))
        self._asked.clear()


def _fail(started: asyncio.Future[ForkedProcess], error: OSError) -> None:
    """Tells who waits for a process, unless nobody does any more."""
    if not started.cancelled():
        started.set_exception(error)
