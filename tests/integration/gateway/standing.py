"""A gateway on a small site, and stand-ins behind it that fail as no real edge does on demand."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from cse.cli.gateway.caddy import Limits, configuration_of
from cse.cli.gateway.service import program
from cse.runtime.configuration import Configuration
from tests.exchange import free_port, wait_until

# Serves one connection to its end.
Serve = Callable[[socket.socket], None]

HASH: Final = "'sha256-AbCd='"
PAGES: Final = {
    "en.html": "home",
    "ar.html": "home in Arabic",
    "en/markets.html": "markets",
    "en/markets.txt": "payload of markets",
    "ar/markets.html": "markets in Arabic",
    "en/trade/_.html": "shell",
    "en/trade/_.txt": "payload of the shell",
    "en/trade/_/__next.$d$locale.trade.$d$pair.__PAGE__.txt": "part of the shell",
    "ar/trade/_.html": "shell in Arabic",
    "en/app.webmanifest": "manifest",
    "sw.js": "worker",
    "offline/page.js": "script of the offline page",
    "en/lost.html": "lost",
    "ar/lost.html": "lost in Arabic",
    "_next/static/chunks/main-1a2b.js": "script " * 200,
    "art/luna-park.webp": "picture",
    "robots.txt": "for robots",
}


def write_site(site: Path) -> Path:
    """Writes a site as the build of the web app leaves it."""
    for name, text in PAGES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    policies = {
        f"/{name}": f"script-src 'self' {HASH} 'of {name}'" for name in PAGES if name.endswith("html")
    }
    (site / "csp.json").write_text(json.dumps({"default": "default-src 'none'", "pages": policies}))
    return site


class StandIn:
    """Listens on a unix socket and serves each connection as it is told to; keeps what it read."""

    def __init__(self, path: Path) -> None:
        self.received: list[bytes] = []
        self.serve: Serve = self.echo
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen(64)
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Ends at once, and every connection with it."""
        for connection in (self._listening, *self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def echo(self, connection: socket.socket) -> None:
        """Answers a request, once all of it is there, with its own head.

        One to a connection: those that the gateway keeps would outlive this one, and the next one's first
        order would be written into one of them.
        """
        request = connection.recv(1 << 20)
        head, _, body = request.partition(b"\r\n\r\n")
        self.received.append(request)
        length = int((re.findall(rb"(?i)\r\ncontent-length: (\d+)", head) or [0])[0])
        in_chunks = b"\r\ntransfer-encoding: chunked" in head.lower()
        while len(body) < length or (in_chunks and not body.endswith(b"0\r\n\r\n")):
            more = connection.recv(1 << 20)
            if not more:
                return
            body += more
        answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b"
        connection.sendall(answer % (len(head), head))

    def hang_up(self, connection: socket.socket) -> None:
        """Reads a request and goes away without an answer."""
        self.received.append(connection.recv(1 << 20))

    def never_answer(self, connection: socket.socket) -> None:
        """Reads for ever."""
        while request := connection.recv(1 << 20):
            self.received.append(request)

    def upgrade(self, connection: socket.socket) -> None:
        """Changes the protocol, then sends back whatever comes."""
        self.received.append(connection.recv(1 << 20))
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        while data := connection.recv(1 << 20):
            connection.sendall(data)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            self.serve(connection)


class Gateway:
    """Caddy with our configuration, on a free port."""

    def __init__(self, configuration: Configuration, limits: Limits) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        run = configuration.run
        file = run / "gateway.json"
        file.write_text(json.dumps(configuration_of(configuration, f"127.0.0.1:{self.port}", limits)))
        state = str(run / "gateway")
        home = {"HOME": state, "XDG_CONFIG_HOME": state, "XDG_DATA_HOME": state}
        self._log = (run / "log").open("wb")
        self._process = subprocess.Popen(
            [program(), "run", "--config", file],
            env={**os.environ, **home},
            stdout=self._log,
            stderr=self._log,
        )
        wait_until(self._answers, "the gateway answers")

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._log.close()

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
