"""Who has signed: the order in which a signature's claims are looked at.

Nothing is remembered that would let a request in twice. Until a signature is found good, every refusal is
the same for a key that is there and one that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cse.accounts.api_keys.ring import KeyRing, KnownKey
from cse.accounts.api_keys.seen_signatures import SeenSignatures
from cse.accounts.api_keys.signed_text import Claim, claim_of_request
from cse.accounts.api_keys.uses import KeyUses
from cse.accounts.sessions.tokens import AccessTokens
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.clock import wall_us
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Caller, Counted, Counting, SignedRequest


class Signatures:
    """Verifies what keys sign, whether it comes over HTTP or over a WebSocket."""

    def __init__(
        self,
        ring: KeyRing,
        seen: SeenSignatures,
        uses: KeyUses,
        rates: Rates,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self.ring = ring
        self.uses = uses
        self._as_one = _AsOne(rates)
        self._seen = seen
        self._clock_us = clock_us

    async def caller(
        self, claim: Claim, address: str, counting: Counting | None = None, *, repeatable: bool = False
    ) -> Caller:
        """Whose claim it is; takes it once. What is no request of a route is counted as one.

        One that is `repeatable` is remembered as well, and may have come before.

        Raises:
            CodedError: `timestamp_outside_window`, `signature_invalid`, `signature_repeated`,
                `api_key_ended`, `address_not_allowed`, `rate_limited`, `too_many_attempts`.
        """
        claim.require_timely(self._clock_us())
        known = self.ring.known(claim.key)
        found = known or await self.ring.find(claim.key, address)
        if found is None or not found.verifier.verifies(claim.text, claim.signature):
            if known is not None:
                # It costs what an id costs that is none: else the two could be told apart.
                self.ring.count_attempt(address)
            raise CodedError(codes.SIGNATURE_INVALID)
        return self._admitted(found, claim, address, counting or self._as_one, repeatable=repeatable)

    def _admitted(
        self, found: KnownKey, claim: Claim, address: str, counting: Counting, *, repeatable: bool
    ) -> Caller:
        now_us = self._clock_us()
        if found.caller.expires_at_s * 1_000_000 <= now_us:
            raise CodedError(codes.API_KEY_ENDED)
        if not found.allow_list.allows(address):
            raise CodedError(codes.ADDRESS_NOT_ALLOWED)
        # Before it is remembered: what is too much must not use up the room of others. And counted behind
        # that: who repeats what he has seen must not use up what the key has.
        counting.require(found.caller)
        if not self._seen.is_new(claim.text, claim.until_us, now_us) and not repeatable:
            raise CodedError(codes.SIGNATURE_REPEATED)
        counting.count(found.caller)
        self.uses.note(claim.key, now_us, address)
        return found.caller


class _AsOne:
    """Counts what is no request of a route as one that weighs nothing more than others."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates

    def require(self, caller: Caller) -> None:
        self._rates.require(Counted.REQUESTS, 1, caller)

    def count(self, caller: Caller) -> None:
        self._rates.take(Counted.REQUESTS, 1, caller)


class Authentication:
    """By access token or by signature."""

    def __init__(self, tokens: AccessTokens, signatures: Signatures) -> None:
        self.by_token: Callable[[Mapping[bytes, bytes]], Caller] = tokens.authenticate
        self._signatures = signatures

    async def by_signature(self, request: SignedRequest) -> Caller:
        """Whose API key has signed the request. Raises `CodedError`."""
        return await self._signatures.caller(claim_of_request(request), request.address, request.counting)
