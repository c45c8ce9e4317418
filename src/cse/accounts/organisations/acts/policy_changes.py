"""The policy: how many approvals each thing needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cse.accounts.organisations import store
from cse.accounts.organisations.approvals.models import Asked, NewPolicy
from cse.accounts.organisations.approvals.service import Plan, Prepare
from cse.accounts.organisations.models import Looked, Member, Policy
from cse.accounts.organisations.policy import GuardedAct, require_workable
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.errors import CodedError
from cse.runtime.postgres import Connected


class Assets(Protocol):
    """The assets that are listed."""

    async def asset(self, symbol: str) -> Asset:
        """The asset of this symbol. Raises `CodedError` asset_unknown."""


def acts() -> Mapping[GuardedAct, Prepare]:
    """What prepares each act."""
    return {GuardedAct.SET_POLICY: _set_policy}


async def asked_policy(request: NewPolicy, assets: Assets) -> Asked:
    """Another policy as it is asked for. Raises `CodedError` for an asset or an amount that is none."""
    limits = {}
    for symbol, amount in sorted(request.limits.items()):
        asset = await assets.asset(symbol)
        limits[asset.symbol] = asset.format(asset.parse(amount, field="limits"))
    facts = policy_facts(Policy(request.members, request.policy, request.keys, request.transfers, limits))
    return Asked(GuardedAct.SET_POLICY, {**facts, "version": str(request.version)})


def policy_facts(policy: Policy) -> dict[str, str]:
    """A policy in words."""
    return {
        "members": str(policy.members),
        "policy": str(policy.policy),
        "keys": str(policy.keys),
        "transfers": str(policy.transfers),
        "limits": _written(policy.limits),
    }


async def _set_policy(connection: Connected, looked: Looked, _: Member, asked: Asked, by: Actor) -> Plan:
    there, wanted = looked.organisation, _read(asked.facts)
    if asked.facts["version"] != str(there.policy_version):
        raise CodedError(codes.VERSION_OUTDATED)
    require_workable(wanted, looked.members.values())

    async def carry_out(connection: Connected) -> None:
        await store.set_policy(connection, there.id, wanted)
        details = Details(before=_line(there.policy), after=_line(wanted))
        await log.record(connection, Act.ORGANISATION_POLICY_SET, by, target=str(there.id), details=details)

    return Plan(there.policy.policy, carry_out)


def _read(facts: Mapping[str, str]) -> Policy:
    limits = dict(pair.split("=", 1) for pair in facts["limits"].split())
    return Policy(
        int(facts["members"]), int(facts["policy"]), int(facts["keys"]), int(facts["transfers"]), limits
    )


def _written(limits: Mapping[str, str]) -> str:
    return " ".join(f"{symbol}={amount}" for symbol, amount in sorted(limits.items()))


def _line(policy: Policy) -> str:
    return " ".join(f"{name}={value}" for name, value in policy_facts(policy).items() if name != "limits")
