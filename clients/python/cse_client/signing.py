"""Signs requests with an API key; docs/api.md of the exchange describes the text."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Final

from cse_client.keys import ApiKey

_FORM: Final = b"cse-signature-1"
_SIGN_IN: Final = "SIGN-IN"
_STREAMS_TARGET: Final = "/ws"


def signed_text(
    key: str, timestamp: str, window: str, method: str, target: str, idempotency_key: str, body: bytes
) -> bytes:
    """What a signature is over."""
    fields = (key, timestamp, window, method, target, idempotency_key)
    return b"\n".join([_FORM, *(field.encode() for field in fields), body])


class Signing:
    """Signs for one key. No two timestamps of it are the same, so that no two signatures are.

    Args:
        key: the key.
        window_ms: for how long a request is good; by default what the exchange takes for usual.
        now: seconds since 1970.
    """

    def __init__(
        self, key: ApiKey, window_ms: int | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self.key = key
        self._window = "" if window_ms is None else str(window_ms)
        self._now = now
        self._ahead_us = 0
        self._last_us = 0

    def headers(self, method: str, target: str, idempotency_key: str, body: bytes) -> dict[str, str]:
        """The headers of a signed request that is sent now."""
        fields = self._fields(method, target, idempotency_key, body)
        return {f"cse-{name}": value for name, value in fields.items()}

    def sign_in(self, session: str, account: str | None = None) -> dict[str, str]:
        """The fields of a message that signs a stream in, whose `welcome` named the session.

        `account` is which of those that the key is for.
        """
        chosen = "" if account is None else f"?account={account}"
        fields = self._fields(_SIGN_IN, _STREAMS_TARGET + chosen, "", session.encode())
        return fields if account is None else {**fields, "account": account}

    def note_time(self, time_us: int) -> None:
        """The exchange's clock says this now; from now on its time is signed, not this machine's."""
        self._ahead_us = time_us - int(self._now() * 1_000_000)
        self._last_us = 0

    def _fields(self, method: str, target: str, idempotency_key: str, body: bytes) -> dict[str, str]:
        now_us = int(self._now() * 1_000_000) + self._ahead_us
        self._last_us = max(now_us, self._last_us + 1)
        timestamp = str(self._last_us)
        text = signed_text(self.key.id, timestamp, self._window, method, target, idempotency_key, body)
        fields = {
            "key": self.key.id,
            "timestamp": timestamp,
            "signature": base64.b64encode(self.key.sign(text)).decode("ascii"),
        }
        return fields | ({"window": self._window} if self._window else {})
