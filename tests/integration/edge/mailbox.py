"""What an exchange has put into its demo's mailbox."""

from __future__ import annotations

import re
from typing import Any

import httpx

from tests.exchange import wait_until


def mails(client: httpx.Client, email: str) -> list[dict[str, Any]]:
    """The mails for an address, the newest first."""
    response = client.get("/api/demo/mailbox", params={"recipient": email})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def await_mails(client: httpx.Client, email: str, number: int) -> list[dict[str, Any]]:
    """The same, once there are so many."""
    wait_until(lambda: len(mails(client, email)) >= number, f"{number} mails for {email}")
    return mails(client, email)


def token_of(mail: dict[str, Any]) -> str:
    """What the one link of a mail carries."""
    (token,) = re.findall(r"https?://\S+#(\S+)", mail["text"])
    return str(token)
