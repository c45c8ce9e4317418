"""What operators of the exchange may do: roles, and the rights that each gives."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What an operator is there for. An operator may have several."""

    VIEWER = "viewer"
    SUPPORT = "support"
    MARKET = "market"
    SECURITY = "security"
    REVIEWER = "reviewer"
    HEAD = "head"


class Right(StrEnum):
    """One thing that operators do."""

    SEE_SERVICES = "see_services"
    SET_INCIDENT = "set_incident"
    SEE_PEOPLE = "see_people"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    SET_FEE_TIER = "set_fee_tier"
    SET_MARKETS = "set_markets"
    # What persons hand in to show who they are, which is for nobody else to read.
    REVIEW_VERIFICATIONS = "review_verifications"
    SEE_JOBS = "see_jobs"
    SET_JOBS = "set_jobs"
    SEE_AUDIT = "see_audit"
    SEE_HISTORY = "see_history"
    SEE_OPERATORS = "see_operators"
    # To freeze an operator is to take a role away.
    SET_OPERATORS = "set_operators"


_OF_ALL: Final = frozenset({Right.SEE_SERVICES})
_OF_ROLE: Final[dict[Role, frozenset[Right]]] = {
    Role.VIEWER: _OF_ALL,
    # Freezing only takes away, and is for whoever is in a hurry.
    Role.SUPPORT: _OF_ALL | {Right.SET_INCIDENT, Right.SEE_PEOPLE, Right.FREEZE, Right.SEE_JOBS},
    Role.MARKET: _OF_ALL
    | {Right.SET_INCIDENT, Right.SEE_PEOPLE, Right.SET_FEE_TIER, Right.SET_MARKETS, Right.SEE_HISTORY},
    Role.SECURITY: _OF_ALL
    | {Right.SET_INCIDENT, Right.SEE_PEOPLE, Right.FREEZE, Right.UNFREEZE, Right.SEE_OPERATORS}
    | {Right.SEE_JOBS, Right.SET_JOBS, Right.SEE_AUDIT, Right.SEE_HISTORY},
    Role.REVIEWER: _OF_ALL | {Right.REVIEW_VERIFICATIONS},
    # Who grants roles can be granted this one as well, by somebody else and for all to see.
    Role.HEAD: frozenset(Right) - {Right.REVIEW_VERIFICATIONS},
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """What somebody with these roles may do."""
    return frozenset[Right]().union(*(_OF_ROLE[role] for role in roles))
