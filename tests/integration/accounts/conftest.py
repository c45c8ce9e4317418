"""The room on a database of its own, with one person in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from joserfc.jwk import OKPKey

from cse.accounts import store
from cse.accounts.emails.change import EmailChanges
from cse.accounts.emails.verification import EmailVerifications
from cse.accounts.factors.challenges import Challenges
from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.factors.second_factor import SecondFactor
from cse.accounts.factors.step_up import StepUp
from cse.accounts.factors.webauthn import RelyingParty
from cse.accounts.mail.models import Mail
from cse.accounts.mail.phrases import Phrases
from cse.accounts.mail.sender import MailSender
from cse.accounts.models import SignIn, Tokens, Visit
from cse.accounts.notices import Notices
from cse.accounts.passwords.change import PasswordChanges
from cse.accounts.passwords.credentials import Credentials
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.passwords.reset import PasswordResets
from cse.accounts.service import Accounts
from cse.accounts.sessions.service import PersonSessions
from cse.accounts.sessions.tokens import AccessTokens, RefreshTokens
from cse.engine.client import ReplicaClient
from cse.runtime.encryption import Encryption, ListedKeys
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import OutcomeWatch
from cse.runtime.postgres import Pool, pool
from tests.postgres import Database

EMAIL: Final = "ada@example.com"
PASSWORD: Final = "a long pass phrase"
HOME: Final = "203.0.113.1"
FROM_HOME: Final = Visit(HOME)
ORIGIN: Final = "https://exchange.example"
KEYS: Final = ListedKeys("test:" + "A" * 43 + "=")


@dataclass
class Clock:
    """Seconds since 1970, which stand still until they are moved."""

    now_s: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass(frozen=True)
class Sent:
    """A port that takes every mail."""

    mails: list[Mail]

    async def send(self, mail: Mail) -> None:
        self.mails.append(mail)


@dataclass(frozen=True)
class Room:
    """What serves the room, the pool it works with, and the mails that `sender` has sent."""

    pool: Pool
    accounts: Accounts
    sessions: PersonSessions
    second_factor: SecondFactor
    passkeys: Passkeys
    step_up: StepUp
    passwords: Passwords
    access_tokens: AccessTokens
    resets: PasswordResets
    password_changes: PasswordChanges
    verifications: EmailVerifications
    changes: EmailChanges
    sender: MailSender
    sent: list[Mail]
    person: UUID
    clock: Clock = field(default_factory=Clock)

    async def add_person(
        self, email: str, account: int, password: str = PASSWORD, *, verified: bool = True
    ) -> UUID:
        """Adds somebody who has an account, and is known to have the e-mail or claims it."""
        person = new_uuid()
        async with self.pool.connection() as connection:
            start = await store.keep_hash_start(connection, email, self.passwords.new_start())
            password_hash = await self.passwords.hash(password, start)
            await store.add_person(connection, person, email, "Ada", password_hash)
            await store.set_account(connection, person, account)
            added = await store.person_by_id(connection, person)
            assert added is not None
            assert not verified or await store.verify_email(connection, added)
        return person

    async def sign_in(self, visit: Visit = FROM_HOME, email: str = EMAIL, password: str = PASSWORD) -> Tokens:
        """Signs a person in."""
        return await self.accounts.sign_in(SignIn(email, password), visit)

    async def mails(self) -> list[Mail]:
        """What is sent now."""
        before = len(self.sent)
        while await self.sender.send_due():
            pass
        return self.sent[before:]

    def caller(self, tokens: Tokens) -> Caller:
        """Whose access token these tokens have."""
        return self.access_tokens.authenticate({b"authorization": f"Bearer {tokens.access_token}".encode()})


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Room]:
    """A room with one person, who has an account, a verified e-mail, and has signed in from nowhere yet."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    access_tokens, clock = AccessTokens(OKPKey.generate_key("Ed25519")), Clock()
    async with pool(database.configuration, "cse_accounts") as connections:
        credentials = Credentials(connections, passwords)
        second_factor = SecondFactor(connections, Encryption(KEYS), clock)
        passkeys = Passkeys(connections, RelyingParty.of(ORIGIN))
        accounts = Accounts(
            connections,
            OutcomeWatch(connections),
            ReplicaClient(database.configuration.replica_socket),
            passwords,
            credentials,
            Challenges(connections, second_factor),
            passkeys,
            access_tokens,
            RefreshTokens(b"k" * 32),
        )
        resets = PasswordResets(connections, passwords, access_tokens, ORIGIN)
        phrases = Phrases(Encryption(KEYS))
        verifications = EmailVerifications(connections, ORIGIN, phrases)
        changes = EmailChanges(connections, credentials, passwords, access_tokens, ORIGIN)
        sent: list[Mail] = []
        empty = Room(
            pool=connections,
            accounts=accounts,
            sessions=PersonSessions(connections, access_tokens),
            second_factor=second_factor,
            passkeys=passkeys,
            step_up=StepUp(connections, credentials, second_factor, passkeys),
            passwords=passwords,
            access_tokens=access_tokens,
            resets=resets,
            password_changes=PasswordChanges(connections, credentials, passwords, access_tokens),
            verifications=verifications,
            changes=changes,
            sender=MailSender(
                connections,
                Sent(sent),
                {
                    **resets.writers(),
                    **verifications.writers(),
                    **changes.writers(),
                    **Notices(ORIGIN).writers(),
                },
                phrases,
            ),
            sent=sent,
            person=new_uuid(),
            clock=clock,
        )
        yield replace(empty, person=await empty.add_person(EMAIL, 7))
    passwords.close()
