"""Money between two accounts of an organisation: up to a limit by one treasurer, beyond it with approvals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts.organisations import store
from cse.accounts.organisations.acts import move_store
from cse.accounts.organisations.acts.policy_changes import Assets
from cse.accounts.organisations.approvals.models import Asked, OrganisationTransfer
from cse.accounts.organisations.approvals.service import Plan, Prepare
from cse.accounts.organisations.models import Looked, Member
from cse.accounts.organisations.policy import GuardedAct
from cse.accounts.sub_accounts.models import Movement
from cse.accounts.sub_accounts.transfers import transfer_command
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_account
from cse.runtime.outbox import Source, enqueue
from cse.runtime.postgres import Connected

_FIELDS: Final = ("from_account", "to_account")


class Transfers:
    """Prepares transfers."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    def acts(self) -> Mapping[GuardedAct, Prepare]:
        """What prepares each act."""
        return {GuardedAct.TRANSFER: self._transfer}

    async def asked(self, request: OrganisationTransfer) -> Asked:
        """A transfer as it is asked for. Raises `CodedError` for what cannot be one."""
        accounts = {name: str(parse_account(getattr(request, name), field=name)) for name in _FIELDS}
        if accounts["from_account"] == accounts["to_account"]:
            reason = "expected another account than from_account"
            raise CodedError(codes.INVALID_FIELD, field="to_account", reason=reason)
        asset = await self._assets.asset(request.asset)
        amount = asset.format(asset.parse(request.amount))
        return Asked(GuardedAct.TRANSFER, {**accounts, "asset": asset.symbol, "amount": amount})

    async def _transfer(
        self, connection: Connected, looked: Looked, _: Member, asked: Asked, by: Actor
    ) -> Plan:
        there, facts = looked.organisation, asked.facts
        asset = await self._assets.asset(facts["asset"])
        units = asset.parse(facts["amount"])
        own = await store.accounts_in_use(connection, there.id)
        debit, credit = (_own(own, facts, name) for name in _FIELDS)
        needed = there.policy.transfers
        if needed:
            allowed = there.policy.limits.get(asset.symbol)
            moved = await move_store.moved_units(connection, there.id, asset.symbol)
            if allowed is not None and moved + units <= asset.parse(allowed):
                needed = 0

        async def carry_out(connection: Connected) -> int:
            command = transfer_command(Movement(debit, credit, asset.id, units))
            number = await enqueue(connection, Source.ACCOUNTS, command)
            if not needed:
                await move_store.add(connection, there.id, number, asset.symbol, units)
            await _record(connection, there.id, facts, by, number)
            return number

        return Plan(needed, carry_out)


def _own(own: set[int], facts: Mapping[str, str], field: str) -> int:
    account = int(facts[field])
    if account not in own:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field=field)
    return account


async def _record(
    connection: Connected, organisation: UUID, facts: Mapping[str, str], by: Actor, number: int
) -> None:
    details = Details(
        accounts=f"{facts['from_account']} {facts['to_account']}",
        asset=facts["asset"],
        amount=facts["amount"],
        outbox=f"{Source.ACCOUNTS.value}/{number}",
    )
    await log.record(
        connection, Act.ORGANISATION_TRANSFER_MADE, by, target=str(organisation), details=details
    )
