"""Moving money between two accounts of one person: one command of the core, both legs or none."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.sub_accounts import store
from cse.accounts.sub_accounts.models import Moved, Movement
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.accounts import TransferReason
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.message import messages
from cse.engine.models import own_events
from cse.runtime import idempotency
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Connected, Pool


class AccountTransfers:
    """Transfers between a person's own accounts."""

    def __init__(self, pool: Pool, outcomes: OutcomeWatch, replica: ReplicaClient) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._replica = replica

    async def move(self, caller: Caller, key: str, movement: Movement, shown: Details) -> Moved:
        """Moves what is available, once for each key; answers when it is done.

        Raises:
            CodedError: `account_unknown` for what is not the caller's, `account_archived`,
                `invalid_field` for the same account twice, `insufficient_funds`, `account_frozen`,
                `idempotency_key_conflict`.
            NotAnswered: it will be done or refused, and the same request again tells which.
        """
        if movement.debit == movement.credit:
            reason = "expected another account than from_account"
            raise CodedError(codes.INVALID_FIELD, field="to_account", reason=reason)
        # Also of a request that comes again: what another key has moved is not this one's to learn.
        _require_of_key(caller, movement)
        content = idempotency.digest("transfer", *(str(number) for number in movement))
        async with self._pool.connection() as connection:
            claimed = await idempotency.claim(connection, caller.person, key, content)
            if claimed is None:
                await _require_own(connection, caller, movement)
                number = await enqueue(connection, Source.ACCOUNTS, transfer_command(movement))
                claimed = idempotency.Claimed(Source.ACCOUNTS, number)
                await idempotency.settle(connection, caller.person, key, claimed)
                details = Details(**shown, outbox=f"{Source.ACCOUNTS.value}/{number}")
                by, target = Actor.caller(caller), f"{movement.debit} {movement.credit}"
                await log.record(connection, Act.TRANSFER_MADE, by, target=target, details=details)
        return await self._moved(await taken(self._outcomes, *claimed))

    async def _moved(self, sequence: int) -> Moved:
        group = (await self._replica.group(sequence)).value
        if group is not None:
            events = own_events(group.events)
            for kind, offset, _ in messages(events):
                if kind == wire.TransferMade.KIND:
                    made = wire.TransferMade.decode(events, offset)
                    return Moved(made.transfer, sequence, group.time_us)
        raise CodedError(codes.OUTCOME_UNKNOWN)


def _sides(movement: Movement) -> tuple[tuple[int, str], ...]:
    """Both accounts, each with the field that names it."""
    return (movement.debit, "from_account"), (movement.credit, "to_account")


def _require_of_key(caller: Caller, movement: Movement) -> None:
    """Raises `CodedError` unless an API key is for both accounts."""
    for account, field in _sides(movement):
        if caller.accounts is not None and account not in caller.accounts:
            raise CodedError(codes.ACCOUNT_UNKNOWN, field=field)


async def _require_own(connection: Connected, caller: Caller, movement: Movement) -> None:
    """Raises `CodedError` unless both accounts are the caller's and in use."""
    main = await store.main(connection, caller.person)
    in_use = await store.hold_in_use(connection, caller.person, movement[:2])
    rows = await store.all_of(connection, caller.person)
    archived = {row.account for row in rows} - in_use
    for account, field in _sides(movement):
        is_main = main is not None and account == main.account
        if account not in in_use and not is_main:
            code = codes.ACCOUNT_ARCHIVED if account in archived else codes.ACCOUNT_UNKNOWN
            raise CodedError(code, field=field)


def transfer_command(movement: Movement) -> bytes:
    """What has the core move it, under a reference of its own."""
    leg = wire.TransferLeg(
        debit=movement.debit,
        credit=movement.credit,
        asset=movement.asset,
        reason=TransferReason.OWN_ACCOUNTS,
        condition=0,
        amount=movement.units,
        condition_amount=0,
    )
    reference: UUID = new_uuid()
    return wire.Transfer(reference.bytes, 1).encode(leg.encode())
