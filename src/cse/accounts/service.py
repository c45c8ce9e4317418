"""Use cases of signing up, in, on and out."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from cse.accounts import attempts, notices, store
from cse.accounts.emails import verification as email_verification
from cse.accounts.emails.spelling import normalised
from cse.accounts.factors import factor_store
from cse.accounts.factors.challenges import Challenges
from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.models import (
    PasswordStrength,
    PasswordToJudge,
    Person,
    SignIn,
    SignInCode,
    SignUp,
    Tokens,
    Visit,
)
from cse.accounts.passwords.credentials import Credentials
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.people.freezing import refuse_frozen
from cse.accounts.preferences import store as preferences_store
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import ACCESS_TOKEN_LIFE_S, AccessTokens, RefreshTokens
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import VISITOR, Actor, Details
from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.lines import parse_name
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import OUTCOME_TIMEOUT_S, OutcomeWatch, Source, enqueue
from cse.runtime.postgres import Pool

# How long the refresh token before the latest still gives the latest: for answers that were lost,
# and for tabs of a browser that refresh at once.
GRACE_S: Final = 10


class Accounts:
    """Persons and their sessions."""

    def __init__(
        self,
        pool: Pool,
        outcomes: OutcomeWatch,
        replica: ReplicaClient,
        passwords: Passwords,
        credentials: Credentials,
        challenges: Challenges,
        passkeys: Passkeys,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
    ) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._replica = replica
        self._passwords = passwords
        self._credentials = credentials
        self._challenges = challenges
        self._passkeys = passkeys
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens

    async def sign_up(self, request: SignUp, visit: Visit) -> Tokens:
        """Adds a person, has the core open the main account, and signs the person in.

        The row and the command commit together, so neither is ever there without the other. An e-mail that
        somebody has is no different here: whose it is, is asked when the mail to it is written.
        """
        email = normalised(request.email)
        display_name = parse_name(request.display_name, field="display_name")
        await attempts.count(self._pool, attempts.SIGN_UP_PER_ADDRESS, visit.address)
        await self._passwords.check(request.password, [email, display_name])
        async with self._pool.connection() as connection:
            start = await store.keep_hash_start(connection, email, self._passwords.new_start())
        password_hash = await self._passwords.hash(request.password, start)
        person = new_uuid()
        async with self._pool.connection() as connection:
            await store.add_person(connection, person, email, display_name, password_hash)
            if request.language is not None:
                await preferences_store.begin(connection, person, request.language)
            command = wire.OpenAccount(person.bytes, AccountKind.MAIN).encode()
            number = await enqueue(connection, Source.ACCOUNTS, command)
            await store.set_outbox_number(connection, person, number)
            await email_verification.ask(connection, person, email, visit.address)
            outbox = f"{Source.ACCOUNTS.value}/{number}"
            await log.record(connection, Act.PERSON_ADDED, VISITOR, person=person, details={"outbox": outbox})
        outcome = await self._outcomes.outcome(Source.ACCOUNTS, number, OUTCOME_TIMEOUT_S)
        row = Person(person, email, display_name, password_hash, None, number)
        return await self._begin_session(row, visit, "password", outcome.sequence)

    async def password_strength(self, request: PasswordToJudge, address: str) -> PasswordStrength:
        """How hard a password is to guess. Raises `CodedError` too_many_attempts, overloaded."""
        await attempts.count(self._pool, attempts.PASSWORD_STRENGTH_PER_ADDRESS, address)
        found = await self._passwords.strength(request.password, request.known)
        if found.refused is None:
            return PasswordStrength(found.score, None)
        breached = found.refused is codes.BREACHED_PASSWORD
        return PasswordStrength(found.score, "breached_password" if breached else "weak_password")

    async def sign_in(self, request: SignIn, visit: Visit) -> Tokens:
        """Begins a session.

        Raises:
            CodedError: `wrong_credentials`, `too_many_attempts`; `second_factor_required` with a
                challenge for `sign_in_with_code`, where the person has a second factor.
        """
        person = await self._credentials.check(normalised(request.email), request.password, visit.address)
        needed: CodedError | None = None
        async with self._pool.connection() as connection:
            factors = await factor_store.factors(connection, person.id)
            if "password" not in factors.methods:
                needed = await self._challenges.give(connection, person, factors)
                actor = Actor.person_of(person.id)
                await log.record(connection, Act.SESSION_CHALLENGED, actor, details={"method": "password"})
        if needed is not None:
            raise needed
        return await self._begin_session(person, visit, "password")

    async def sign_in_with_code(self, request: SignInCode, visit: Visit) -> Tokens:
        """Begins the session that a challenge was given for.

        Raises:
            CodedError: `wrong_code`, `challenge_ended`, `too_many_attempts`.
        """
        person_id = await self._challenges.whose(request.challenge)
        async with (
            log.noting_refusals(self._pool, Act.SESSION_BEGUN, VISITOR, person_id),
            attempts.Tries(self._pool) as tries,
        ):
            await self._challenges.count(tries, person_id, request.code, visit.address)
            async with self._pool.connection() as connection:
                method = await self._challenges.take(connection, person_id, request.challenge, request.code)
                person = await store.person_by_id(connection, person_id)
        assert person is not None
        return await self._begin_session(person, visit, method)

    async def sign_in_by_passkey(self, credential: dict[str, Any], visit: Visit) -> Tokens:
        """Begins a session of whose passkey it is. Raises `CodedError` passkey_refused, too_many_attempts."""
        async with (
            log.noting_refusals(self._pool, Act.SESSION_BEGUN, VISITOR),
            attempts.counting_refused_passkeys(self._pool, attempts.PASSKEY_REFUSED, visit.address),
            self._pool.connection() as connection,
        ):
            person_id = await self._passkeys.sign_in(connection, credential)
            person = await store.person_by_id(connection, person_id)
        assert person is not None
        return await self._begin_session(person, visit, "passkey")

    async def refresh(self, refresh_token: str, address: str) -> Tokens:
        """The next tokens of a session.

        A token that was replaced more than `GRACE_S` ago and comes again has been stolen, by whom
        of the two is not known: the session ends.
        """
        claim = self._refresh_tokens.read(refresh_token)
        reused = False
        async with self._pool.connection() as connection:
            session = await session_store.lock_session(connection, claim.session)
            if session is None or not session.live:
                raise CodedError(codes.REFRESH_TOKEN_INVALID)
            generation = session.generation
            if claim.generation == generation:
                await session_store.rotate_session(connection, session.id, address)
                if address != session.address:
                    actor = Actor.person_of(session.person, session.id)
                    await log.record(connection, Act.SESSION_MOVED, actor, target=str(session.id))
                generation += 1
            elif claim.generation != generation - 1 or session.rotated_s_ago > GRACE_S:
                await session_store.end_session(connection, session.id, "refresh token reused")
                await log.record(
                    connection,
                    Act.SESSION_ENDED,
                    VISITOR,
                    person=session.person,
                    target=str(session.id),
                    details={"reason": "refresh token reused"},
                )
                reused = True
            person = await store.person_by_id(connection, session.person)
        if reused or person is None:
            self._access_tokens.end_session(str(session.id))
            raise CodedError(codes.REFRESH_TOKEN_INVALID)
        account = person.account or await self._main_account(person.id)
        return self._tokens(person, account, session.id, generation, session.left_s)

    async def sign_out(self, caller: Caller) -> None:
        """Ends the caller's session, here at once and on other edges within a second."""
        async with self._pool.connection() as connection:
            await session_store.end_session(connection, UUID(caller.session), "signed out")
            actor, details = Actor.caller(caller), Details(reason="signed out")
            await log.record(connection, Act.SESSION_ENDED, actor, target=caller.session, details=details)
        self._access_tokens.end_session(caller.session)

    async def _begin_session(
        self, person: Person, visit: Visit, verified_by: str, sequence: int = 0
    ) -> Tokens:
        await refuse_frozen(self._pool, person)
        account = person.account or await self._main_account(person.id, sequence)
        session = new_uuid()
        async with self._pool.connection() as connection:
            if person.account is None:
                await store.set_account(connection, person.id, account)
            await notices.note_sign_in(connection, person, visit)
            await session_store.remember_address(connection, person.id, visit.address)
            if not await session_store.add_session(connection, session, person, visit, verified_by):
                raise CodedError(codes.SESSION_ENDED)
            actor, details = Actor.person_of(person.id, session), Details(method=verified_by)
            await log.record(connection, Act.SESSION_BEGUN, actor, target=str(session), details=details)
        life_s = session_store.SESSION_LIFE_DAYS * 86_400
        return self._tokens(person, account, session, 1, life_s)._replace(sequence=sequence)

    async def _main_account(self, person: UUID, min_sequence: int = 0) -> int:
        """The core's account of a person; `not_yet_visible` while its opening is on the way."""
        reading = await self._replica.main_account(person.bytes, min_sequence=min_sequence)
        if reading.value is None:
            raise CodedError(codes.NOT_YET_VISIBLE)
        return reading.value

    def _tokens(self, person: Person, account: int, session: UUID, generation: int, left_s: float) -> Tokens:
        """The tokens of a session; no access token outlives it."""
        life_s = min(ACCESS_TOKEN_LIFE_S, int(left_s) + 1)
        return Tokens(
            person=person,
            account=account,
            access_token=self._access_tokens.issue(person.id, session, account, life_s),
            refresh_token=self._refresh_tokens.make(session, generation),
            expires_in_s=life_s,
        )
