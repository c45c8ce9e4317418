"""The SQL of second factors, steps up and sign-ins under way. All in the caller's transaction."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.models import Person
from cse.runtime.postgres import Connected

ENROLMENT_LIFE_MIN: Final = 15
CHALLENGE_LIFE_MIN: Final = 5
CHALLENGE_TRIES_MAX: Final = 5


class TotpRow(NamedTuple):
    """A row of `accounts.totp`; the secret is sealed."""

    secret: bytes
    last_step: int


class Factors(NamedTuple):
    """What a person has beside the password. `totp_since_us` is None without an authenticator."""

    totp_since_us: int | None
    recovery_codes_left: int
    passkeys: int

    @property
    def has_factor(self) -> bool:
        """Whether there is one; recovery codes alone are none."""
        return self.totp_since_us is not None or self.passkeys > 0

    @property
    def methods(self) -> tuple[str, ...]:
        """By what the person shows that it is them: the password only where there is nothing else."""
        if not self.has_factor:
            return ("password",)
        found = {
            "passkey": self.passkeys > 0,
            "totp": self.totp_since_us is not None,
            "recovery_code": self.recovery_codes_left > 0,
        }
        return tuple(method for method, there in found.items() if there)


async def factors(connection: Connected, person: UUID) -> Factors:
    """What the person has."""
    cursor = await connection.execute(
        """
        SELECT
            (SELECT (extract(epoch FROM confirmed_at) * 1000000)::bigint FROM accounts.totp
                WHERE person = %(person)s),
            (SELECT count(*) FROM accounts.recovery_codes WHERE person = %(person)s AND used_at IS NULL),
            (SELECT count(*) FROM accounts.passkeys WHERE person = %(person)s)
        """,
        {"person": person},
    )
    row = await cursor.fetchone()
    assert row is not None
    return Factors(*row)


async def begin_totp(connection: Connected, person: UUID, secret: bytes) -> bool:
    """Keeps a sealed secret that is still to be confirmed, for one before; False if one is confirmed."""
    cursor = await connection.execute(
        """
        INSERT INTO accounts.totp AS kept (person, secret) VALUES (%s, %s)
        ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, created_at = now(), last_step = 0
        WHERE kept.confirmed_at IS NULL
        """,
        (person, secret),
    )
    return cursor.rowcount == 1


async def lock_pending_totp(connection: Connected, person: UUID) -> TotpRow | None:
    """The secret that is to be confirmed and not too old, locked until the transaction ends."""
    cursor = await connection.execute(
        """
        SELECT secret, last_step FROM accounts.totp
        WHERE person = %s AND confirmed_at IS NULL AND created_at > now() - make_interval(mins => %s)
        FOR UPDATE
        """,
        (person, ENROLMENT_LIFE_MIN),
    )
    row = await cursor.fetchone()
    return None if row is None else TotpRow(*row)


async def lock_totp(connection: Connected, person: UUID) -> TotpRow | None:
    """The confirmed secret, locked until the transaction ends."""
    cursor = await connection.execute(
        """
        SELECT secret, last_step FROM accounts.totp WHERE person = %s AND confirmed_at IS NOT NULL
        FOR UPDATE
        """,
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else TotpRow(*row)


async def take_step(connection: Connected, person: UUID, step: int) -> bool:
    """Takes the code of a step; False if that step, or a later one, was taken meanwhile.

    A secret that was to be confirmed is so from now on.
    """
    cursor = await connection.execute(
        """
        UPDATE accounts.totp SET last_step = %s, confirmed_at = coalesce(confirmed_at, now())
        WHERE person = %s AND last_step < %s
        """,
        (step, person, step),
    )
    return cursor.rowcount == 1


async def remove_totp(connection: Connected, person: UUID) -> bool:
    """Takes the authenticator away; False if there was none that counted."""
    cursor = await connection.execute(
        "DELETE FROM accounts.totp WHERE person = %s RETURNING confirmed_at IS NOT NULL", (person,)
    )
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def remove_codes_without_factor(connection: Connected, person: UUID) -> None:
    """Takes the recovery codes of somebody away who has no factor any more that they could stand for."""
    if not (await factors(connection, person)).has_factor:
        await connection.execute("DELETE FROM accounts.recovery_codes WHERE person = %s", (person,))


async def replace_recovery_codes(connection: Connected, person: UUID, digests: list[bytes]) -> None:
    """Gives the person these codes and no others."""
    await connection.execute("DELETE FROM accounts.recovery_codes WHERE person = %s", (person,))
    await connection.execute(
        "INSERT INTO accounts.recovery_codes (person, digest) SELECT %s, unnest(%s::bytea[])",
        (person, digests),
    )


async def use_recovery_code(connection: Connected, person: UUID, digest: bytes) -> bool:
    """Uses a code up; False if there is none or it was used."""
    cursor = await connection.execute(
        """
        UPDATE accounts.recovery_codes SET used_at = now()
        WHERE person = %s AND digest = %s AND used_at IS NULL
        """,
        (person, digest),
    )
    return cursor.rowcount == 1


async def add_challenge(connection: Connected, digest: bytes, person: Person) -> None:
    """Keeps a sign-in that waits for a code, and forgets those that waited too long.

    Nothing is kept if the password has changed since `person` was read.
    """
    await connection.execute("DELETE FROM accounts.sign_in_challenges WHERE expires_at < now()")
    await connection.execute(
        """
        WITH same AS (
            SELECT id FROM accounts.persons WHERE id = %s AND password_number = %s FOR SHARE
        )
        INSERT INTO accounts.sign_in_challenges (digest, person, expires_at)
        SELECT %s, same.id, now() + make_interval(mins => %s) FROM same
        """,
        (person.id, person.password_number, digest, CHALLENGE_LIFE_MIN),
    )


async def try_challenge(connection: Connected, digest: bytes) -> UUID | None:
    """Counts a try of a challenge; whose it is, or None if it has ended."""
    cursor = await connection.execute(
        """
        UPDATE accounts.sign_in_challenges SET tries = tries + 1
        WHERE digest = %s AND expires_at > now() AND tries < %s RETURNING person
        """,
        (digest, CHALLENGE_TRIES_MAX),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def end_challenge(connection: Connected, digest: bytes) -> bool:
    """Ends a challenge; False if another request has."""
    cursor = await connection.execute("DELETE FROM accounts.sign_in_challenges WHERE digest = %s", (digest,))
    return cursor.rowcount == 1


async def end_challenges(connection: Connected, person: UUID) -> None:
    """Ends all sign-ins of the person that wait for a code."""
    await connection.execute("DELETE FROM accounts.sign_in_challenges WHERE person = %s", (person,))


async def note_verified(connection: Connected, session: UUID, method: str) -> None:
    """Notes that the person has just shown in this session that it is them."""
    await connection.execute(
        "UPDATE accounts.sessions SET verified_at = now(), verified_by = %s WHERE id = %s",
        (method, session),
    )


async def fresh_method(connection: Connected, session: UUID, fresh_s: int) -> str | None:
    """By what the person has shown within `fresh_s` that it is them; None if that is longer ago."""
    cursor = await connection.execute(
        """
        SELECT verified_by FROM accounts.sessions
        WHERE id = %s AND ended_at IS NULL AND verified_at > now() - make_interval(secs => %s)
        """,
        (session, fresh_s),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def shown_method(connection: Connected, session: UUID) -> str | None:
    """By what the person last showed in a session that it is them; None if the session has ended."""
    cursor = await connection.execute(
        "SELECT verified_by FROM accounts.sessions WHERE id = %s AND ended_at IS NULL", (session,)
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]
