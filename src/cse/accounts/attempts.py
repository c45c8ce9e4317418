"""Tries at signing in and up, and at codes, are limited, per account and per address, in PostgreSQL.

A window opens with the first try and counts all tries until it ends. A try is counted before the
password is looked at, so that many at once gain nothing, and uncounted when it was right.

A stranger who knows an e-mail can use up the account's tries, and must not thereby keep its owner
out. So tries are counted by the address they come from as well, and while those are not used up, whoever
has signed in from there before is let in. For whom that is so is told only by a right password.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Final, NamedTuple, Self
from uuid import UUID

from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import VISITOR, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.postgres import Connected, Pool


class Limit(NamedTuple):
    """At most `tries` tries within `window_s`."""

    scope: str
    tries: int
    window_s: int


SIGN_IN_PER_ADDRESS: Final = Limit("sign-in address", 100, 900)
SIGN_IN_PER_ACCOUNT: Final = Limit("sign-in account", 10, 900)
SIGN_IN_PER_ACCOUNT_AT_ADDRESS: Final = Limit("sign-in account at address", 10, 900)
PASSKEY_PER_ADDRESS: Final = Limit("passkey address", 100, 900)
PASSKEY_PER_PERSON: Final = Limit("passkey person", 100, 900)
PASSKEY_REFUSED: Final = Limit("passkey refused", 100, 900)
PASSWORD_RESET_PER_ADDRESS: Final = Limit("password reset address", 100, 900)
# Any of them serves the owner of the e-mail, whoever asked; so none are sent beyond these.
PASSWORD_RESET_PER_EMAIL: Final = Limit("password reset e-mail", 5, 3_600)
EMAIL_VERIFICATION_PER_PERSON: Final = Limit("e-mail verification person", 5, 3_600)
# Who reads them need not have asked for them. The rest of what one asks for is not sent, and nobody is told.
# It takes eight addresses to leave none for the owner of the e-mail.
EMAIL_VERIFICATION_PER_EMAIL: Final = Limit("e-mail verification e-mail", 24, 3_600)
EMAIL_VERIFICATION_PER_EMAIL_AT_ADDRESS: Final = Limit("e-mail verification e-mail at address", 3, 3_600)
PASSWORD_CHANGE_PER_PERSON: Final = Limit("password change person", 20, 86_400)
EMAIL_CHANGE_PER_PERSON: Final = Limit("e-mail change person", 10, 86_400)
VERIFICATION_PER_PERSON: Final = Limit("verification person", 5, 86_400)
DOCUMENT_PER_PERSON: Final = Limit("verification document person", 40, 86_400)
NOTICE_MAIL_PER_PERSON: Final = Limit("notice mail person", 24, 86_400)
# As many as may wait.
PRICE_MAIL_PER_PERSON: Final = Limit("price mail person", 100, 86_400)
# Who moves about is told of some of the places, and not of each.
NEW_SIGN_IN_PER_PERSON: Final = Limit("new sign-in person", 5, 86_400)
# A form asks as often as somebody stops typing.
PASSWORD_STRENGTH_PER_ADDRESS: Final = Limit("password strength address", 600, 900)
SIGN_UP_PER_ADDRESS: Final = Limit("sign-up address", 1_000, 3_600)
# Of a million codes three are good at a time: with 20 tries a day they would be guessed in some decades.
CODE_PER_ACCOUNT: Final = Limit("code account", 5, 900)
CODE_PER_ACCOUNT_A_DAY: Final = Limit("code account day", 20, 86_400)
CODE_PER_KNOWN_ADDRESS: Final = Limit("code account at address", 5, 900)
CODE_PER_KNOWN_ADDRESS_A_DAY: Final = Limit("code account at address day", 20, 86_400)
RECOVERY_CODE_AT_ADDRESS: Final = Limit("recovery code at address", 10, 900)

_COUNT: Final = """
    INSERT INTO accounts.attempts AS kept (scope, subject, count, ends_at)
    VALUES (%(scope)s, %(subject)s, 1, now() + make_interval(secs => %(window_s)s))
    ON CONFLICT (scope, subject) DO UPDATE SET
        count = CASE WHEN kept.ends_at <= now() THEN 1 ELSE kept.count + 1 END,
        ends_at = CASE WHEN kept.ends_at <= now() THEN excluded.ends_at ELSE kept.ends_at END
    RETURNING count, extract(epoch FROM ends_at - now())::float8
"""
_UNCOUNT: Final = """
    UPDATE accounts.attempts SET count = greatest(count - 1, 0)
    WHERE scope = %s AND subject = %s
"""


async def count(pool: Pool, limit: Limit, subject: str, person: UUID | None = None) -> None:
    """Counts one try of a subject; `too_many_attempts` when it is over the limit.

    The first one over it in a window is recorded, with whose account it concerns: the others are not, for
    there is no limit to those.
    """
    async with pool.connection() as connection:
        left_s = await tally(connection, limit, subject, person)
    if left_s is not None:
        raise too_many(left_s)


async def admits(connection: Connected, limit: Limit, subject: str) -> bool:
    """Counts one try of a subject in the caller's transaction; whether it is within the limit."""
    return await tally(connection, limit, subject) is None


def too_many(left_s: float) -> CodedError:
    """What is said to who has to wait until a window ends."""
    return CodedError(codes.TOO_MANY_ATTEMPTS, seconds=int(left_s) + 1)


async def tally(
    connection: Connected, limit: Limit, subject: str, person: UUID | None = None
) -> float | None:
    """Counts one try in the caller's transaction; how long the window lasts that is full, None if it is not.

    The first one over it is recorded, as of `count`.
    """
    cursor = await connection.execute(
        _COUNT, {"scope": limit.scope, "subject": subject, "window_s": limit.window_s}
    )
    row = await cursor.fetchone()
    assert row is not None
    tries, left_s = row
    if tries == limit.tries + 1:
        details: Details = {"limit": limit.scope, "count": str(limit.tries)}
        await log.record(connection, Act.LIMIT_REACHED, VISITOR, person=person, details=details)
    return float(left_s) if tries > limit.tries else None


async def forget(connection: Connected, limit: Limit, subject: str) -> None:
    """Forgets the tries of a subject."""
    await connection.execute(
        "DELETE FROM accounts.attempts WHERE scope = %s AND subject = %s", (limit.scope, subject)
    )


async def uncount(connection: Connected, limit: Limit, subject: str) -> None:
    """Takes one try back, which was right after all."""
    await connection.execute(_UNCOUNT, (limit.scope, subject))


@asynccontextmanager
async def counting_refused_passkeys(pool: Pool, limit: Limit, subject: str) -> AsyncIterator[None]:
    """Counts passkeys that are refused inside; beyond the limit `too_many_attempts` takes their place."""
    try:
        yield
    except CodedError as error:
        if error.code is not codes.PASSKEY_REFUSED:
            raise
        await count(pool, limit, subject)
        raise


class Tries:
    """Tries that are counted for as long as the block lasts, and taken back if it ends well."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counted: list[tuple[Limit, str]] = []

    async def __aenter__(self) -> Self:
        return self

    async def count(self, limit: Limit, subject: str, person: UUID | None = None) -> None:
        """Counts one try; `too_many_attempts` when it is over the limit."""
        await count(self._pool, limit, subject, person)
        self._counted.append((limit, subject))

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        async with self._pool.connection() as connection:
            for limit, subject in self._counted:
                await uncount(connection, limit, subject)


async def sweep(pool: Pool) -> None:
    """Forgets windows that have ended."""
    async with pool.connection() as connection:
        await connection.execute("DELETE FROM accounts.attempts WHERE ends_at < now()")
