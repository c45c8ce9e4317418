"""What mails say, in the language of who reads them.

Plain text, and the same as a page: a link that is seen is the link that is followed. Nothing that a
stranger has written stands in a mail, for whoever knows an address can have some sent to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import dedent
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cse.accounts.mail.catalogue.arabic import ARABIC
from cse.accounts.mail.catalogue.english import ENGLISH
from cse.accounts.mail.catalogue.words import MailLanguage, MailName, Words
from cse.accounts.mail.models import Text
from cse.accounts.preferences import store as preferences_store
from cse.accounts.preferences.models import OF_DEVICE
from cse.runtime.postgres import Connected

NAME: Final = "CS Exchange"
CATALOGUES: Final[Mapping[MailLanguage, Words]] = {"en": ENGLISH, "ar": ARABIC}
# Facts that mails name within a line.
_INLINE: Final = ("address", "market", "asset", "amount", "price")
# Around what is written from left to right within words that are not.
_LEFT_TO_RIGHT: Final = "\u2066{}\u2069"


class Reader(NamedTuple):
    """How somebody who is written to reads."""

    language: MailLanguage = "en"
    time_zone: str = OF_DEVICE


ANYBODY: Final = Reader()


async def reader(connection: Connected, person: UUID | None) -> Reader:
    """How a person has chosen to read; as anybody where nobody knows who reads it."""
    if person is None:
        return ANYBODY
    chosen = (await preferences_store.of(connection, person)).chosen
    return Reader(mail_language(chosen.language), chosen.time_zone)


def mail_language(chosen: str) -> MailLanguage:
    """The language that mails are written in for who has chosen one; English where they are not in that."""
    return "ar" if chosen == "ar" else "en"


def written(name: MailName, to: Reader, facts: Mapping[str, str], **values: str) -> Text:
    """A mail.

    Args:
        facts: when it was (`at`), and what of `_INLINE` it is about, as it was queued.
        values: what else the mail names.
    """
    subject, body = CATALOGUES[to.language].mails[name]
    inline = {"at": moment(facts["at"], to.time_zone)}
    inline |= {name: facts[name] for name in _INLINE if name in facts}
    if to.language == "ar":
        inline = {name: _LEFT_TO_RIGHT.format(value) for name, value in inline.items()}
    text = dedent(body).strip().format_map({**inline, **values})
    return Text(f"{subject.format_map(inline)} - {NAME}", f"{text}\n\n-- \n{NAME}\n", to.language)


def accounts_with_links(to: Reader, links: Sequence[tuple[str, str]]) -> str:
    """Several accounts, of each since when it is there and its link."""
    form = CATALOGUES[to.language].account
    return "\n\n".join(form.format(since=moment(since, to.time_zone), link=link) for since, link in links)


def device(to: Reader, client: str | None, platform: str | None) -> str:
    """What somebody came with, of what we know by name."""
    words = CATALOGUES[to.language]
    if client is None:
        return words.a_program
    return client if platform is None else words.device.format(client=client, platform=platform)


def credential_change(to: Reader, change: str) -> str:
    """What was changed of that by which somebody gets in, as a `CredentialChange` has it."""
    return CATALOGUES[to.language].credential_changes[change]


def frozen_why(to: Reader, why: str) -> str:
    """Of which class the reason for a freeze is; that something is looked at, of one that is not known."""
    whys = CATALOGUES[to.language].frozen_why
    return whys.get(why, whys["review"])


def refused_why(to: Reader, reason: str) -> str:
    """Why an application was refused; no more than that, for a reason that is not known."""
    whys = CATALOGUES[to.language].refused_why
    return whys.get(reason, whys["not_possible"])


def with_phrase(text: Text, phrase: str) -> Text:
    """The mail with a person's own words at its head."""
    head = CATALOGUES[text.language].phrase.format(phrase=phrase)
    return text._replace(body=f"{head}\n\n{text.body}")


def moment(at: str, time_zone: str = OF_DEVICE) -> str:
    """The time to the minute, as people read it: in their zone, or in UTC where none is known."""
    if time_zone != OF_DEVICE:
        try:
            local = datetime.fromisoformat(at).astimezone(ZoneInfo(time_zone))
        except (ZoneInfoNotFoundError, ValueError):
            pass
        else:
            return f"{local:%Y-%m-%d %H:%M} ({time_zone})"
    return f"{at[:10]} {at[11:16]} UTC"
