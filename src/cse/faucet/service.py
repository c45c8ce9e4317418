"""The use case of the faucet."""

from __future__ import annotations

import time
from typing import Final

from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.accounts import NETWORK_NONE, TransferReason
from cse.domain.assets import Asset
from cse.domain.demo import FAUCET_DAILY
from cse.domain.errors import CodedError
from cse.domain.verification import LIMITS
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.faucet import store
from cse.faucet.models import FaucetGrant, FaucetRequest
from cse.marketdata.listing import Listing
from cse.runtime import idempotency
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Pool

_DAY_S: Final = 86_400


class Faucet:
    """Gives play money out of the world outside."""

    def __init__(
        self,
        pool: Pool,
        outcomes: OutcomeWatch,
        listing: Listing,
        replica: ReplicaClient,
    ) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._listing = listing
        self._replica = replica
        self._external: dict[int, int] = {}

    async def give(self, caller: Caller, key: str, request: FaucetRequest) -> FaucetGrant:
        """Gives what is asked for, once for each key; answers when it is in the account.

        Raises:
            CodedError: `asset_unknown`, `faucet_limit`, `idempotency_key_conflict`, `account_frozen`
                where the person is frozen or closes their account, or what is wrong with the amount.
            NotAnswered: it will be given, and the same request again tells when.
        """
        asset = await self._listing.asset(request.asset)
        if asset.symbol not in FAUCET_DAILY:
            raise CodedError(codes.ASSET_UNKNOWN, field="asset")
        units = asset.parse(request.amount)
        content = idempotency.digest("faucet", str(caller.account), asset.symbol, str(units))
        external = await self._external_account(asset)
        async with self._pool.connection() as connection:
            claimed = await idempotency.claim(connection, caller.person, key, content)
            if claimed is None:
                if not await store.hold_unfrozen(connection, caller.person):
                    raise CodedError(codes.ACCOUNT_FROZEN)
                level = await store.verified_level(connection, caller.person)
                daily = FAUCET_DAILY[asset.symbol] * LIMITS[level].faucet_factor
                limit = daily * 10**asset.decimals
                if units > limit or not await store.add_to_day(
                    connection, caller.person, asset.id, units, limit
                ):
                    raise _over_limit(asset, daily)
                command = _transfer(external, caller.account, asset, units)
                number = await enqueue(connection, Source.FAUCET, command)
                claimed = idempotency.Claimed(Source.FAUCET, number)
                await idempotency.settle(connection, caller.person, key, claimed)
                details = Details(
                    asset=asset.symbol, amount=asset.format(units), outbox=f"{Source.FAUCET.value}/{number}"
                )
                await log.record(connection, Act.FAUCET_GIVEN, Actor.caller(caller), details=details)
        sequence = await taken(self._outcomes, *claimed)
        return FaucetGrant(
            asset=asset.symbol,
            amount=asset.format(units),
            account=str(caller.account),
            sequence=str(sequence),
        )

    async def _external_account(self, asset: Asset) -> int:
        """Where play money of an asset comes from; `asset_unknown` where nothing does."""
        if asset.id not in self._external:
            found = (await self._replica.external_account(asset.id, NETWORK_NONE)).value
            if found is None:
                raise CodedError(codes.ASSET_UNKNOWN, field="asset")
            self._external[asset.id] = found
        return self._external[asset.id]


def _transfer(external: int, account: int, asset: Asset, units: int) -> bytes:
    leg = wire.TransferLeg(
        debit=external,
        credit=account,
        asset=asset.id,
        reason=TransferReason.FAUCET,
        condition=0,
        amount=units,
        condition_amount=0,
    )
    return wire.Transfer(new_uuid().bytes, 1).encode(leg.encode())


def _over_limit(asset: Asset, daily: int) -> CodedError:
    left_s = _DAY_S - int(time.time()) % _DAY_S
    return CodedError(
        codes.FAUCET_LIMIT, field="amount", limit=str(daily), asset=asset.symbol, seconds=left_s
    )
