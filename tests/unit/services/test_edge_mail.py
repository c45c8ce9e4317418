"""By which way mail goes out, by profile, origin and what is said of SMTP."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from cse.runtime.configuration import Configuration, InvalidConfiguration
from cse.services.edge_mail import EdgeMail, edge_mail

SMTP = {"CSE_SMTP_HOST": "mail.example.com", "CSE_MAIL_FROM": "no-reply@exchange.example"}


def way(environment: Mapping[str, str], **configuration: Any) -> EdgeMail:
    nobody = cast(Any, object())
    return edge_mail(Configuration(Path("data"), **configuration), environment, nobody, {}, nobody)


@pytest.mark.parametrize(
    "origin", [None, "http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"]
)
def test_a_demo_that_only_its_machine_reaches_has_a_mailbox(origin: str | None) -> None:
    mail = way({}, profile="demo", origin=origin)
    assert mail.mailbox is not None
    assert mail.sender is not None


@pytest.mark.parametrize(
    "configuration",
    [
        {"profile": "demo", "origin": "https://demo.example"},
        {"profile": "production", "origin": "https://exchange.example"},
        {"profile": "production", "origin": None},
    ],
)
async def test_elsewhere_mail_waits_until_smtp_is_set_up(configuration: dict[str, Any]) -> None:
    waiting = way({}, **configuration)
    assert (waiting.sender, waiting.mailbox) == (None, None)
    await waiting.run()
    sending = way(SMTP, **configuration)
    assert sending.sender is not None
    assert sending.mailbox is None


def test_with_smtp_a_demo_shows_nobody_its_mails() -> None:
    assert way(SMTP, profile="demo").mailbox is None


def test_what_cannot_be_meant_keeps_an_edge_from_starting() -> None:
    with pytest.raises(InvalidConfiguration, match="CSE_MAIL_FROM"):
        way({"CSE_SMTP_HOST": "mail.example.com"})
