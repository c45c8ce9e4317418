"""Phrases that stand at the head of every mail to a person, by which they tell our mails from others'.

A phrase goes to the address that its person is known to have, and to no other: who only claims an address
would otherwise have words of theirs sent to a stranger in our name.
"""

from __future__ import annotations

import logging
import re
from typing import Final
from uuid import UUID

from cse.accounts.mail.models import Text
from cse.accounts.mail.store import phrase_of_holder, set_phrase
from cse.accounts.mail.texts import with_phrase
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.encryption import Encryption, SealBroken
from cse.runtime.normal_form import normal_form
from cse.runtime.postgres import Connected

LENGTH_MIN: Final = 4
LENGTH_MAX: Final = 40
# What a program that shows mail might make a link of.
_LINK: Final = re.compile(r"[/@:<>\\]|\S\.\S|www\.", re.IGNORECASE)
_CONTEXT: Final = b"accounts.mail_phrase:"
_LOG: Final = logging.getLogger("cse.mail")


class Phrases:
    """Keeps phrases sealed, and puts them into mails."""

    def __init__(self, encryption: Encryption) -> None:
        self._encryption = encryption

    async def keep(self, connection: Connected, person: UUID, phrase: str | None) -> None:
        """Keeps a person's phrase, or forgets it. Raises `CodedError` invalid_field."""
        sealed = None
        if phrase is not None:
            sealed = self._encryption.seal(checked(phrase).encode(), context=_context(person))
        await set_phrase(connection, person, sealed)

    async def headed(self, connection: Connected, recipient: str, text: Text) -> Text:
        """The mail with the phrase of who has the address; as it is where there is none.

        One whose key is lost keeps no mail from being sent.
        """
        found = await phrase_of_holder(connection, recipient)
        if found is None:
            return text
        person, sealed = found
        try:
            phrase = self._encryption.open(sealed, context=_context(person)).decode()
        except SealBroken as error:
            _LOG.warning("the phrase of %s cannot be read: %s", person, error)
            return text
        return with_phrase(text, phrase)


def checked(phrase: str) -> str:
    """The phrase as it is kept; `invalid_field` for what cannot be shown, or could be taken for a link."""
    kept = " ".join(normal_form("NFC", phrase, LENGTH_MAX).split())
    if not LENGTH_MIN <= len(kept) <= LENGTH_MAX or not kept.isprintable() or _LINK.search(kept):
        reason = f"expected {LENGTH_MIN} to {LENGTH_MAX} printable characters that are no address or link"
        raise CodedError(codes.INVALID_FIELD, field="phrase", reason=reason)
    return kept


def _context(person: UUID) -> bytes:
    return _CONTEXT + person.bytes
