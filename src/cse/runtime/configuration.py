"""Everything that the environment may say, read in one place.

Variables begin with `CSE_`, but for `DATABASE_URL` and `REDIS_URL`, which other tools know under these
names.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from cse.runtime.valkey_server import ValkeyServer

Profile: TypeAlias = Literal["demo", "production"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]

FREE_BYTES_MIN: Final = 256 << 20
# All addresses of the machine, and the one of them that is always its own.
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, never a default
_PORT_MAX: Final = 65_535
PROCESSES_MAX: Final = 64
SOCKETS_PER_ADDRESS: Final = 200
_SOCKETS_PER_ADDRESS_MAX: Final = 1_000_000
_HISTORY_DAYS_MAX: Final = 366


class InvalidConfiguration(ValueError):
    """A variable of the environment has a value that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a service is told from outside.

    `data` is the data directory; `database_url` is None where PostgreSQL is the embedded one, `redis_url`
    where Valkey is. `postgres_port` is 0 where the embedded PostgreSQL listens on its unix socket only. With
    less than `free_bytes_min` on the journal's disk, orders are refused and cancels are taken. Profile demo
    lists creators' tokens and their markets, unless `demo` is False at the first start.

    Several edges share one port: the supervisor listens there, and each edge gets that socket as an
    open file, `listen_descriptor`, and a name of its own, `service`, for its logs and health socket.
    An edge that stands alone has neither and listens on `host` and `port` itself. `edges` is how many
    share the port, and so the rates while Valkey is away; of `trusted_proxies`, addresses or networks,
    alone the header X-Forwarded-For is believed. The same holds for the `streams` processes of the
    WebSocket server; each takes `sockets_per_address` connections of one address.

    `origin` is where people's browsers find the exchange, such as `https://exchange.example`; passkeys are
    made for its host name. None where that is this machine. Where it begins with https, TLS stands before
    the exchange. Pages of `cors_origins` may call the API from elsewhere, with a token or a key of their own.

    `web` is the directory of the built web app, None where there is none to serve. With `robots`, demo
    traders trade in a demo exchange; its markets begin with `history_days` of history, 0 for none.
    `papers` is the directory of those that are there for everybody to read, None where there are none.
    """

    data: Path
    profile: Profile = "demo"
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str | None = None
    postgres_port: int = 0
    log_level: LogLevel = "info"
    free_bytes_min: int = FREE_BYTES_MIN
    service: str | None = None
    listen_descriptor: int | None = None
    edges: int = 1
    trusted_proxies: tuple[str, ...] = ()
    demo: bool = True
    streams: int = 1
    sockets_per_address: int = SOCKETS_PER_ADDRESS
    robots: bool = True
    history_days: int = 14
    web: Path | None = None
    origin: str | None = None
    cors_origins: tuple[str, ...] = ()
    redis_url: str | None = None
    papers: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Configuration:
        """Reads the environment; what is not set has its default.

        Raises:
            InvalidConfiguration: names the variable and what it may be.
        """
        found = os.environ if environment is None else environment
        return cls(
            data=Path(found.get("CSE_DATA") or "data").absolute(),
            profile=_profile(found.get("CSE_PROFILE") or "demo"),
            host=found.get("CSE_HOST") or "127.0.0.1",
            port=_port("CSE_PORT", found.get("CSE_PORT") or "8000"),
            database_url=found.get("DATABASE_URL") or None,
            redis_url=_redis_url("REDIS_URL", found.get("REDIS_URL") or None),
            postgres_port=_port("CSE_POSTGRES_PORT", found.get("CSE_POSTGRES_PORT") or "0"),
            log_level=_log_level(found.get("CSE_LOG_LEVEL") or "info"),
            free_bytes_min=_bytes(
                "CSE_FREE_BYTES_MIN", found.get("CSE_FREE_BYTES_MIN") or str(FREE_BYTES_MIN)
            ),
            service=found.get("CSE_SERVICE") or None,
            listen_descriptor=_descriptor(found.get("CSE_LISTEN_DESCRIPTOR") or None),
            edges=_whole("CSE_EDGES", found.get("CSE_EDGES") or "1", 1, PROCESSES_MAX),
            trusted_proxies=_networks("CSE_TRUSTED_PROXIES", found.get("CSE_TRUSTED_PROXIES") or ""),
            demo=_truth("CSE_DEMO", found.get("CSE_DEMO") or "1"),
            streams=_whole("CSE_STREAMS", found.get("CSE_STREAMS") or "1", 1, PROCESSES_MAX),
            sockets_per_address=_whole(
                "CSE_SOCKETS_PER_ADDRESS",
                found.get("CSE_SOCKETS_PER_ADDRESS") or str(SOCKETS_PER_ADDRESS),
                1,
                _SOCKETS_PER_ADDRESS_MAX,
            ),
            robots=_truth("CSE_ROBOTS", found.get("CSE_ROBOTS") or "1"),
            history_days=_whole(
                "CSE_HISTORY_DAYS", found.get("CSE_HISTORY_DAYS") or "14", 0, _HISTORY_DAYS_MAX
            ),
            origin=_origin("CSE_ORIGIN", found.get("CSE_ORIGIN") or None),
            cors_origins=_origins("CSE_CORS_ORIGINS", found.get("CSE_CORS_ORIGINS") or ""),
            web=Path(found["CSE_WEB"]).absolute() if found.get("CSE_WEB") else None,
            papers=Path(found["CSE_PAPERS"]).absolute() if found.get("CSE_PAPERS") else None,
        )

    def to_environment(self) -> dict[str, str]:
        """The variables that give this configuration to a child process."""
        variables = {
            "CSE_DATA": str(self.data),
            "CSE_PROFILE": self.profile,
            "CSE_HOST": self.host,
            "CSE_PORT": str(self.port),
            "CSE_POSTGRES_PORT": str(self.postgres_port),
            "CSE_LOG_LEVEL": self.log_level,
            "CSE_FREE_BYTES_MIN": str(self.free_bytes_min),
            "CSE_EDGES": str(self.edges),
            "CSE_TRUSTED_PROXIES": ",".join(self.trusted_proxies),
            "CSE_DEMO": "1" if self.demo else "0",
            "CSE_STREAMS": str(self.streams),
            "CSE_SOCKETS_PER_ADDRESS": str(self.sockets_per_address),
            "CSE_ROBOTS": "1" if self.robots else "0",
            "CSE_HISTORY_DAYS": str(self.history_days),
        }
        if self.cors_origins:
            variables["CSE_CORS_ORIGINS"] = ",".join(self.cors_origins)
        if self.web is not None:
            variables["CSE_WEB"] = str(self.web)
        if self.papers is not None:
            variables["CSE_PAPERS"] = str(self.papers)
        if self.origin is not None:
            variables["CSE_ORIGIN"] = self.origin
        if self.database_url is not None:
            variables["DATABASE_URL"] = self.database_url
        if self.redis_url is not None:
            variables["REDIS_URL"] = self.redis_url
        if self.service is not None:
            variables["CSE_SERVICE"] = self.service
        if self.listen_descriptor is not None:
            variables["CSE_LISTEN_DESCRIPTOR"] = str(self.listen_descriptor)
        return variables

    @property
    def lists_demo(self) -> bool:
        """Whether a new exchange lists the demo's creators, tokens and markets."""
        return self.demo and self.profile == "demo"

    @property
    def url(self) -> str:
        """Where a program on this machine finds the exchange."""
        host = _EVERYWHERE.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def has_tls(self) -> bool:
        """Whether people reach the exchange by TLS alone."""
        return self.origin is not None and self.origin.startswith("https://")

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers are to send cookies by TLS alone."""
        return self.profile == "production" or self.has_tls

    @property
    def page_origin(self) -> str:
        """The origin of the pages. No passkey can be made for a number, so this machine goes by its name."""
        return self.origin or f"http://localhost:{self.port}"

    @property
    def run(self) -> Path:
        """Sockets, the watermark and positions: what is of no use once nothing runs."""
        return self.data / "run"

    @property
    def secrets(self) -> Path:
        """Keys, which are made at the first start; for the services' user alone."""
        return self.data / "secrets"

    @property
    def guards(self) -> Path:
        """What is to be cancelled when connections end, whatever becomes of their processes."""
        return self.data / "guards"

    @property
    def leader_socket(self) -> Path:
        """Where the leader takes commands."""
        return self.run / "leader.sock"

    @property
    def replica_socket(self) -> Path:
        """Where the replica answers queries."""
        return self.run / "replica.sock"

    @property
    def files(self) -> Path:
        """What services write for everybody, and the gateway serves."""
        return self.data / "files"

    @property
    def valkey_url(self) -> str:
        """Where Valkey answers."""
        return self.redis_url or ValkeyServer(self.run).url

    @property
    def edge_socket(self) -> Path:
        """Where the edges answer HTTP, behind the gateway."""
        return self.run / "edge.sock"

    @property
    def streams_socket(self) -> Path:
        """Where the streams answer WebSockets, behind the gateway."""
        return self.run / "streams.sock"

    @property
    def seen_signatures(self) -> Path:
        """What edges and streams remember of signed requests."""
        return self.run / "signatures"

    @property
    def ledger_position(self) -> Path:
        """The last sequence in PostgreSQL, as u64 little-endian."""
        return self.run / "ledger.position"


def _profile(text: str) -> Profile:
    profiles: dict[str, Profile] = {profile: profile for profile in get_args(Profile)}
    if text not in profiles:
        raise InvalidConfiguration(f"CSE_PROFILE is {text!r}; it may be {', '.join(profiles)}")
    return profiles[text]


def _log_level(text: str) -> LogLevel:
    levels: dict[str, LogLevel] = {level: level for level in get_args(LogLevel)}
    if text not in levels:
        raise InvalidConfiguration(f"CSE_LOG_LEVEL is {text!r}; it may be {', '.join(levels)}")
    return levels[text]


def _port(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _PORT_MAX):
        raise InvalidConfiguration(f"{name} is {text!r}; it may be 0 to {_PORT_MAX}")
    return int(text)


def _bytes(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise InvalidConfiguration(f"{name} is {text!r}; it may be a number of bytes")
    return int(text)


def _descriptor(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise InvalidConfiguration(f"CSE_LISTEN_DESCRIPTOR is {text!r}; it is the number of an open file")
    return int(text)


def _whole(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise InvalidConfiguration(f"{name} is {text!r}; it may be {least} to {most}")
    return int(text)


def _truth(name: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise InvalidConfiguration(f"{name} is {text!r}; it may be 0 or 1")
    return text == "1"


def _origin(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    parts = urlsplit(text)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or text != f"{parts.scheme}://{parts.netloc}"
    ):
        raise InvalidConfiguration(f"{name} is {text!r}; it may be such as https://exchange.example")
    return text


def _origins(name: str, text: str) -> tuple[str, ...]:
    origins = (_origin(name, part.strip()) for part in text.split(",") if part.strip())
    return tuple(origin for origin in origins if origin is not None)


def _redis_url(name: str, text: str | None) -> str | None:
    if text is not None and urlsplit(text).scheme not in ("redis", "rediss", "unix", "valkey", "valkeys"):
        raise InvalidConfiguration(f"{name} is {text!r}; it may be such as redis://valkey.example:6379/0")
    return text


def _networks(name: str, text: str) -> tuple[str, ...]:
    networks = tuple(part.strip() for part in text.split(",") if part.strip())
    for network in networks:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise InvalidConfiguration(f"{name}: {error}; it may be addresses or networks") from None
    return networks
