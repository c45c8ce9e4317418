"""How what persons hand in is sealed: each bound to its own row, and anew once the key is another."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import msgspec

from cse.accounts.verification import store
from cse.accounts.verification.models import Facts
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.runtime.encryption import Encryption
from cse.runtime.postgres import Pool

_BY: Final = Actor.service("verification")


class Sealing:
    """Seals facts and documents, and opens them. Opening raises `SealBroken`."""

    def __init__(self, encryption: Encryption) -> None:
        self._encryption = encryption

    def seal_facts(self, verification: UUID, facts: Facts) -> bytes:
        """Facts as they are kept."""
        return self._encryption.seal(msgspec.json.encode(facts), context=_facts(verification))

    def open_facts(self, verification: UUID, sealed: bytes) -> Facts:
        """What an application says."""
        plain = self._encryption.open(sealed, context=_facts(verification))
        return msgspec.json.decode(plain, type=Facts)

    def seal_document(self, document: UUID, content: bytes) -> bytes:
        """A document as it is kept."""
        return self._encryption.seal(content, context=_document(document))

    def open_document(self, document: UUID, sealed: bytes) -> bytes:
        """The document."""
        return self._encryption.open(sealed, context=_document(document))

    async def seal_anew(self, pool: Pool) -> int:
        """Seals with the current key what was sealed with another; some of it, and how much."""
        head = self._encryption.head()
        async with pool.connection() as connection:
            facts = await store.sealed_otherwise(connection, head)
            for verification, sealed in facts:
                fresh = self.seal_facts(verification, self.open_facts(verification, sealed))
                await store.set_facts(connection, verification, fresh)
            documents = await store.documents_sealed_otherwise(connection, head)
            for document, sealed in documents:
                fresh = self.seal_document(document, self.open_document(document, sealed))
                await store.set_content(connection, document, fresh)
            count = len(facts) + len(documents)
            if count:
                details = Details(count=str(count))
                await log.record(connection, Act.VERIFICATIONS_SEALED_ANEW, _BY, details=details)
        return count


def _facts(verification: UUID) -> bytes:
    return b"accounts.verifications.facts:" + verification.bytes


def _document(document: UUID) -> bytes:
    return b"accounts.verification_documents.content:" + document.bytes
