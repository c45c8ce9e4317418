"""The port through which mail leaves."""

from __future__ import annotations

from typing import Protocol

from cse.accounts.mail.models import Mail


class MailRefused(Exception):
    """The other side will never take this mail; the message says why."""


class MailUnavailable(Exception):
    """The mail was not taken now, or nobody knows whether it was; the message says why."""


class MailPort(Protocol):
    """Hands mail over to whoever delivers it."""

    async def send(self, mail: Mail) -> None:
        """Returns once the other side has taken the mail upon itself, and only then.

        Raises:
            MailRefused: another try is of no use.
            MailUnavailable: try again later. Where an answer was lost the mail may arrive twice, under
                one id.
        """
