"""All connections of a process: how many there may be, and looking after them."""

from __future__ import annotations

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Final, Generic, Protocol, TypeVar

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.api_keys.signed_text import Claim
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.engine.failures import refusal_of
from cse.engine.models import EngineError
from cse.runtime.http.address import grouped
from cse.runtime.http.route import Caller, ChooseAccount
from cse.streams import frames
from cse.streams.limits import Limits
from cse.streams.peer import Connection, Peer, Result

# A connection is looked after once a second; each time it is the turn of one of so many groups, so that
# thousands of them hold nothing up.
BUCKETS: Final = 20
_NAME_BYTES: Final = 8

Kind = TypeVar("Kind", bound=Peer)


class Verify(Protocol):
    """Verifies access tokens; raises `CodedError`."""

    def __call__(self, headers: dict[bytes, bytes]) -> Caller: ...


class VerifyKey(Protocol):
    """Says whose claim it is that came from an address; raises `CodedError`."""

    async def __call__(self, claim: Claim, address: str) -> Caller: ...


class Connections(ABC, Generic[Kind]):
    """The connections there are, of one kind."""

    def __init__(
        self,
        limits: Limits,
        verify: Verify,
        verify_key: VerifyKey,
        choose_account: ChooseAccount,
        *,
        now_s: Callable[[], float],
        wall_us: Callable[[], int],
    ) -> None:
        self.limits = limits
        self.now_s = now_s
        self.wall_us = wall_us
        # How often each code was given as a reason.
        self.refusals: Counter[str] = Counter()
        self._verify = verify
        self._verify_key = verify_key
        self._choose_account = choose_account
        # Of each connection the sign-in that it asked for last, while that is looked at.
        self._signing_in: dict[Peer, asyncio.Task[None]] = {}
        self._buckets: list[dict[Kind, None]] = [{} for _ in range(BUCKETS)]
        self._per_address: Counter[str] = Counter()
        # For which account a connection is signed in, and how many are for each.
        self._accounts: dict[Peer, int] = {}
        self._per_account: Counter[int] = Counter()
        # Which sign-in a connection depends on, and which membership; and the connections that depend on one.
        self._depends: dict[Peer, tuple[str, ...]] = {}
        self._signed_in: dict[str, dict[Peer, None]] = {}
        self._arrived = 0
        self._turn = 0

    @abstractmethod
    def make(self, connection: Connection, address: str) -> Kind:
        """A new one."""

    @property
    @abstractmethod
    def sequence(self) -> int:
        """The journal's, as far as this process knows."""

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, self._buckets))

    @property
    def signed_in(self) -> int:
        """Those that have a person's token."""
        return len(self._depends)

    def arrive(self, connection: Connection, address: str) -> Kind:
        """Takes a connection in; one too many is told so and closed."""
        peer = self.make(connection, address)
        if (
            self.count >= self.limits.connections
            or self._per_address[grouped(address)] >= self.limits.connections_per_address
        ):
            peer.close(CodedError(codes.CONNECTION_LIMIT), frames.CLOSE_TRY_LATER)
            return peer
        self._arrived += 1
        peer.bucket = self._arrived % BUCKETS
        self._buckets[peer.bucket][peer] = None
        self._per_address[grouped(address)] += 1
        peer.welcome(secrets.token_hex(_NAME_BYTES))
        return peer

    def depart(self, peer: Kind) -> None:
        """A connection is gone."""
        peer.leave()
        self.signed_out(peer)
        bucket = self._buckets[peer.bucket]
        if peer not in bucket:
            return
        del bucket[peer]
        address = grouped(peer.address)
        self._per_address[address] -= 1
        if not self._per_address[address]:
            del self._per_address[address]

    def sweep(self) -> None:
        """Looks after one of the groups; `BUCKETS` times a second."""
        self._turn = (self._turn + 1) % BUCKETS
        now_s, wall_s = self.now_s(), self.wall_us() / 1_000_000
        for peer in list(self._buckets[self._turn]):
            peer.tick(now_s, wall_s)

    def authenticate(
        self, peer: Peer, access_token: str, account: int | None, then: Callable[[Result], None]
    ) -> None:
        """Tells `then` whose token it is, for one of the person's accounts or the main one.

        Whose account it is may have to be asked. What a connection asked for before is answered before, so
        that it ends on what it asked for last; and it is told when that sign-in ends. Raises `CodedError`.
        """
        whose = self._whose(access_token)
        caller = whose if account is None else self._choose_account.known(whose, account)
        if caller is None or peer in self._signing_in:
            self._begin(peer, self._sign_in(peer, access_token, account, then))
            return
        self._take_in(peer, caller, then)

    def authenticate_key(
        self, peer: Peer, claim: Claim, account: int | None, then: Callable[[Result], None]
    ) -> None:
        """Tells `then` whose claim it is, once that is known; the connection is told when that key ends."""
        self._begin(peer, self._sign_in_by_key(peer, claim, account, then))

    def _begin(self, peer: Peer, work: Coroutine[None, None, None]) -> None:
        """Looks at a sign-in once what the connection asked for before is answered."""
        task = asyncio.create_task(self._in_turn(peer, work, self._signing_in.get(peer)))
        self._signing_in[peer] = task

    async def _in_turn(
        self, peer: Peer, work: Coroutine[None, None, None], before: asyncio.Task[None] | None
    ) -> None:
        try:
            if before is not None:
                await asyncio.wait({before})
            await work
        finally:
            if self._signing_in[peer] is asyncio.current_task():
                del self._signing_in[peer]

    def _whose(self, access_token: str) -> Caller:
        return self._verify({b"authorization": b"Bearer " + access_token.encode(errors="replace")})

    async def _sign_in(
        self, peer: Peer, access_token: str, account: int | None, then: Callable[[Result], None]
    ) -> None:
        try:
            caller = self._whose(access_token)
            if account is not None:
                caller = await self._choose_account.chosen(caller, account)
                # It may have ended meanwhile, and nothing may come between this look and what follows.
                self._whose(access_token)
        except CodedError as error:
            then(error)
        except EngineError as error:
            then(refusal_of(error))
        except (psycopg.Error, PoolTimeout):
            then(CodedError(codes.UNAVAILABLE))
        else:
            if not peer.is_closed:
                self._take_in(peer, caller, then)

    async def _sign_in_by_key(
        self, peer: Peer, claim: Claim, account: int | None, then: Callable[[Result], None]
    ) -> None:
        try:
            caller = await self._verify_key(claim, peer.address)
            if account is not None:
                caller = await self._choose_account.chosen(caller, account)
                # A key whose accounts had to be looked up would have had time to end.
                assert caller.accounts is not None, "a key says which accounts it is for"
        except CodedError as error:
            then(error)
        except (psycopg.Error, PoolTimeout):
            then(CodedError(codes.UNAVAILABLE))
        else:
            # Nothing may come between the look at the key and this: its end would be missed.
            if not peer.is_closed:
                self._take_in(peer, caller, then)

    def _take_in(self, peer: Peer, caller: Caller, then: Callable[[Result], None]) -> None:
        """Notes who a connection is for, unless the account has as many as it may."""
        account = caller.account
        has_one = self._accounts.get(peer) == account
        if not has_one and self._per_account[account] >= self.limits.connections_per_account:
            then(CodedError(codes.CONNECTION_LIMIT))
            return
        self._depend(peer, caller)
        then(caller)

    def _depend(self, peer: Peer, caller: Caller) -> None:
        self.signed_out(peer)
        self._accounts[peer] = caller.account
        self._per_account[caller.account] += 1
        membership = caller.membership
        names = (caller.session,) if membership is None else (caller.session, membership)
        self._depends[peer] = names
        for name in names:
            self._signed_in.setdefault(name, {})[peer] = None

    def signed_out(self, peer: Peer) -> None:
        """It depends on no sign-in any more."""
        account = self._accounts.pop(peer, None)
        if account is not None:
            self._per_account[account] -= 1
            if not self._per_account[account]:
                del self._per_account[account]
        for name in self._depends.pop(peer, ()):
            depending = self._signed_in.get(name)
            if depending is not None:
                depending.pop(peer, None)
                if not depending:
                    del self._signed_in[name]

    def end_sign_in(self, name: str, code: Code = codes.SESSION_ENDED) -> None:
        """A sign-in or a key has ended: whoever depends on it is told."""
        for peer in list(self._signed_in.get(name, ())):
            peer.sign_out(code)

    def end_key(self, name: str) -> None:
        """A key has ended or was changed."""
        self.end_sign_in(name, codes.API_KEY_ENDED)

    def end_membership(self, name: str) -> None:
        """A membership of an organisation has ended or was changed."""
        self.end_sign_in(name, codes.MEMBERSHIP_CHANGED)

    def refused(self, code: Code) -> None:
        """Counts a refusal."""
        self.refusals[code.name] += 1

    def close_all(self, error: CodedError, close_code: int) -> None:
        """Tells every connection why, and closes them."""
        for bucket in self._buckets:
            for peer in list(bucket):
                peer.close(error, close_code)
