"""What of the demo's operator is kept in the data directory."""

from __future__ import annotations

from typing import Final

import msgspec
import pyotp

from cse.demo.credentials import write
from cse.runtime.configuration import Configuration

_FILE: Final = "demo-operator.json"


class DemoOperator(msgspec.Struct, frozen=True):
    """What of the operator stays on disk. `ready` says that the role has been granted.

    `person` is who they are, for anybody may claim their e-mail.
    """

    email: str
    password: str
    person: str | None = None
    totp_secret: str | None = None
    ready: bool = False

    def code(self) -> str:
        """The code of the authenticator just now."""
        assert self.totp_secret is not None, "an operator who is ready has an authenticator"
        return pyotp.TOTP(self.totp_secret).now()


def kept_operator(configuration: Configuration) -> DemoOperator | None:
    """The operator, once made; None where there is none."""
    kept = read_operator(configuration)
    return kept if kept is not None and kept.ready else None


def read_operator(configuration: Configuration) -> DemoOperator | None:
    """The operator as far as they are made; None where that was not begun."""
    try:
        return msgspec.json.decode((configuration.secrets / _FILE).read_bytes(), type=DemoOperator)
    except FileNotFoundError:
        return None


def keep_operator(configuration: Configuration, kept: DemoOperator) -> None:
    """Keeps the operator as they are now."""
    write(configuration.secrets / _FILE, kept)
