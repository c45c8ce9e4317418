"""What an exchange has put into its demo's mailbox."""

from __future__ import annotations

import re
from typing import Any, Final

import httpx

from tests.exchange import wait_until

RESET: Final = "/reset-password#"
VERIFY: Final = "/verify-email#"
INVITATION: Final = "/organisations#"
UNDO: Final = "/undo-email-change#"


def mails(client: httpx.Client, email: str, about: str) -> list[dict[str, Any]]:
    """The mails for an address whose text has `about` in it, the newest first."""
    response = client.get("/api/demo/mailbox", params={"recipient": email})
    assert response.status_code == 200, response.text
    return [mail for mail in response.json()["items"] if about in mail["text"]]


def await_mails(client: httpx.Client, email: str, about: str, number: int = 1) -> list[dict[str, Any]]:
    """The same, once there are so many."""
    wait_until(lambda: len(mails(client, email, about)) >= number, f"{number} mails for {email}")
    return mails(client, email, about)


def token_of(mail: dict[str, Any]) -> str:
    """What the one link of a mail carries."""
    (token,) = re.findall(r"https?://\S+#(\S+)", mail["text"])
    return str(token)
