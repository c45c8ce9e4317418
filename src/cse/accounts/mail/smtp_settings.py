"""How mail is sent by SMTP, as the environment says it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from cse.accounts.emails.spelling import normalised
from cse.domain.errors import CodedError
from cse.runtime.configuration import InvalidConfiguration

Tls: TypeAlias = Literal["starttls", "implicit", "none"]
_PORTS: Final[dict[Tls, int]] = {"starttls": 587, "implicit": 465, "none": 25}
_PORT_MAX: Final = 65_535


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A server that takes mail, and as whom it is sent.

    With `starttls` and `implicit` nothing is said before the connection is encrypted and the server has
    shown a certificate for `host`, of an authority in `ca_file` or else one that the machine trusts.
    """

    host: str
    sender: str
    tls: Tls = "starttls"
    port: int = _PORTS["starttls"]
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> SmtpSettings | None:
        """Reads `CSE_SMTP_...` and `CSE_MAIL_FROM`; None where there is no `CSE_SMTP_HOST`.

        Raises:
            InvalidConfiguration: names the variable and what it may be.
        """
        host = environment.get("CSE_SMTP_HOST")
        if not host:
            return None
        tls = _tls(environment.get("CSE_SMTP_TLS") or "starttls")
        username = environment.get("CSE_SMTP_USER") or None
        password = _password(environment)
        if (username is None) != (password is None):
            raise InvalidConfiguration("CSE_SMTP_USER and a password stand together or not at all")
        if tls == "none" and password is not None:
            raise InvalidConfiguration("CSE_SMTP_TLS is 'none': no password is sent over such a connection")
        ca_file = environment.get("CSE_SMTP_CA_FILE") or None
        return cls(
            host=host,
            sender=_sender(environment.get("CSE_MAIL_FROM") or ""),
            tls=tls,
            port=_port(environment.get("CSE_SMTP_PORT") or str(_PORTS[tls])),
            username=username,
            password=password,
            ca_file=None if ca_file is None else Path(ca_file),
        )

    def context(self) -> ssl.SSLContext:
        """What the server's certificate is held against. Raises `InvalidConfiguration`."""
        try:
            return ssl.create_default_context(cafile=self.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise InvalidConfiguration(f"CSE_SMTP_CA_FILE cannot be read: {error}") from None


def _tls(text: str) -> Tls:
    ways: dict[str, Tls] = {way: way for way in get_args(Tls)}
    if text not in ways:
        raise InvalidConfiguration(f"CSE_SMTP_TLS is {text!r}; it may be {', '.join(ways)}")
    return ways[text]


def _password(environment: Mapping[str, str]) -> str | None:
    """The password itself, or the first line of the file that has it."""
    file = environment.get("CSE_SMTP_PASSWORD_FILE")
    if not file:
        return environment.get("CSE_SMTP_PASSWORD") or None
    try:
        return Path(file).read_text("utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidConfiguration(f"CSE_SMTP_PASSWORD_FILE cannot be read: {error}") from None


def _sender(text: str) -> str:
    try:
        return normalised(text)
    except CodedError:
        raise InvalidConfiguration(
            f"CSE_MAIL_FROM is {text!r}; it is the address that mail comes from, such as no-reply@example.com"
        ) from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _PORT_MAX):
        raise InvalidConfiguration(f"CSE_SMTP_PORT is {text!r}; it may be 1 to {_PORT_MAX}")
    return int(text)
