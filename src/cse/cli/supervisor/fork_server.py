"""Loads once what services are made of, and forks each of them from there.

Run as a program by `forking.py`: `fork_server.py SUPERVISOR SOCKET MODULE...`. What a service imports is
most of the processor time of its start; a fork begins with it, and shares its memory with the others.
The server does nothing else: it holds no secret, opens nothing, and has one thread, so that a fork of it
is as good as a fresh interpreter.

Messages on the socket, each a JSON object in a packet of its own: a request is
`{"name": NAME, "arguments": [...], "environment": {...}, "descriptors": [...]}`, beside it the open file
of its output and one for each descriptor; answers are `{"started": PID}`, `{"refused": REASON}`, each in its
request's turn, and `{"ended": PID, "code": CODE}`, where a signal is a negative code.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from cse.cli.main import main as run_command

PACKET_BYTES_MAX: Final = 1 << 17
FILES_MAX: Final = 16
PR_SET_PDEATHSIG: Final = 1
PR_SET_NAME: Final = 15
STDIN, STDOUT, STDERR = range(3)


@dataclass(frozen=True, slots=True)
class Request:
    """A process to be made.

    Attributes:
        name: how tools that list processes show it.
        arguments: of `python -m cse`.
        environment: all of its variables.
        output: the open file that it writes to.
        descriptors: its other open files: the number that each has there, and that which it has here.
    """

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    output: int
    descriptors: tuple[tuple[int, int], ...]


def main() -> int:
    """Serves until the supervisor is gone; in each fork, the exit status of the service."""
    supervisor, descriptor, *modules = sys.argv[1:]
    # Ctrl-C at the terminal reaches the supervisor alone.
    os.setsid()
    end_with_parent(int(supervisor))
    load(modules)
    request = requested(socket.socket(fileno=int(descriptor)))
    return 0 if request is None else become(request)


def load(modules: Sequence[str]) -> None:
    """Imports all modules. What they made is never garbage, so that no collection writes to its pages."""
    gc.disable()
    for module in modules:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()


def requested(channel: socket.socket) -> Request | None:
    """Answers requests. Returns in each fork with its request; None once nobody can ask any more."""
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    with selectors.DefaultSelector() as selector:
        selector.register(channel, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == woken:
                    with suppress(BlockingIOError):
                        os.read(woken, PACKET_BYTES_MAX)
                    tell_ended(channel)
                elif (request := receive(channel)) is None:
                    return None
                elif not fork(channel, request):
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    return request


def receive(channel: socket.socket) -> Request | None:
    """The next request; None when the supervisor has closed its end."""
    packet = b""
    with suppress(ConnectionResetError):
        packet, files, _, _ = socket.recv_fds(channel, PACKET_BYTES_MAX, FILES_MAX)
    if not packet:
        return None
    asked = json.loads(packet)
    output, *others = files
    descriptors = tuple(zip(asked["descriptors"], others, strict=True))
    return Request(asked["name"], tuple(asked["arguments"]), asked["environment"], output, descriptors)


def fork(channel: socket.socket, request: Request) -> bool:
    """Makes the process and answers. True in the server, False in the process."""
    server = os.getpid()
    try:
        pid = os.fork()
    except OSError as error:
        send(channel, {"refused": os.strerror(error.errno or 0)})
    else:
        if pid == 0:
            end_with_parent(server)
            return False
        send(channel, {"started": pid})
    for file in (request.output, *(here for _, here in request.descriptors)):
        os.close(file)
    return True


def tell_ended(channel: socket.socket) -> None:
    """Takes leave of each process that has ended."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0] != 0:
            pid, status = ended
            send(channel, {"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def send(channel: socket.socket, answer: dict[str, Any]) -> None:
    """Sends one answer. A supervisor that is gone has no use for it."""
    with suppress(BrokenPipeError, ConnectionResetError):
        channel.send(json.dumps(answer).encode())


def become(request: Request) -> int:
    """Is the service from here on, as if it had been started alone; its exit status."""
    os.setsid()
    take_files(request)
    ctypes.CDLL(None).prctl(PR_SET_NAME, f"cse {request.name}".encode())
    os.environ.clear()
    os.environ.update(request.environment)
    sys.argv = ["cse", *request.arguments]
    return run_command(request.arguments)


def take_files(request: Request) -> None:
    """Has the request's files under their numbers, and no others."""
    # First all of them out of the way, for the number of one may be where another is.
    taken = [number for pair in request.descriptors for number in pair]
    above = max(STDERR, request.output, *taken) + 1
    output = fcntl.fcntl(request.output, fcntl.F_DUPFD, above)
    moved = {there: fcntl.fcntl(here, fcntl.F_DUPFD, above) for there, here in request.descriptors}
    os.dup2(os.open(os.devnull, os.O_RDONLY), STDIN)
    for number in (STDOUT, STDERR):
        os.dup2(output, number)
    first = STDERR + 1
    for number in sorted(moved):
        os.dup2(moved[number], number)
        os.closerange(first, number)
        first = number + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def end_with_parent(parent: int) -> None:
    """Has the kernel kill this process when its parent is gone, however that ended."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL)) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    # The parent may have gone before that.
    if os.getppid() != parent:
        sys.exit("its parent is gone")


if __name__ == "__main__":
    sys.exit(main())
