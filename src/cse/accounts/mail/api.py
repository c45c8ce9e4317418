"""The route of the demo's mailbox."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from cse.accounts.mail.mailbox import LocalMailbox
from cse.accounts.mail.models import Mailbox, MailboxQuery
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.address import grouped
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

MAILBOX_PATH: Final = "/api/demo/mailbox"
_HERE: Final = "localhost"
# As addresses of clients are written.
_LOOPBACK_V6: Final = grouped("::1")


class MailboxApi:
    """Parse, call, answer. Who reads it can reset every password, so it opens on this machine alone."""

    def __init__(self, mailbox: LocalMailbox) -> None:
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [
            Route(
                "GET", MAILBOX_PATH, Access.EVERYONE,
                "Shows what a demo would have sent by mail, to who is at its machine.", Mailbox,
                handler=self.mails, query=MailboxQuery, codes=(codes.NOT_FOUND,),
            )
        ]  # fmt: skip

    async def mails(self, call: Call[Nothing, MailboxQuery]) -> Reply:
        """GET /api/demo/mailbox."""
        if not (is_here(call.address) and _asked_here(call.headers)):
            raise CodedError(codes.NOT_FOUND)
        return answer(Mailbox(await self._mailbox.mails(call.query.recipient)))


def is_here(name: str) -> bool:
    """Whether a host name or an address is that of this machine to itself."""
    if name in (_HERE, _LOOPBACK_V6):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _asked_here(headers: Mapping[bytes, bytes]) -> bool:
    """Whether by a name of this machine: another site's name may be made to lead here as well."""
    try:
        host = urlsplit("//" + headers.get(b"host", b"").decode("latin-1")).hostname
    except ValueError:
        return False
    return is_here(host or "")
