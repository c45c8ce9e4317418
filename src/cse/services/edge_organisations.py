"""Puts together what serves organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cse.accounts.api_keys.ring import KeyRing
from cse.accounts.mail.models import MailKind
from cse.accounts.mail.sender import Writer
from cse.accounts.organisations import invitation_store
from cse.accounts.organisations.accounts import OrganisationAccounts
from cse.accounts.organisations.acts import keys, members, move_store, policy_changes
from cse.accounts.organisations.acts.policy_changes import Assets
from cse.accounts.organisations.acts.transfers import Transfers
from cse.accounts.organisations.api import OrganisationsApi
from cse.accounts.organisations.approvals.api import OrganisationApprovalsApi
from cse.accounts.organisations.approvals.service import OrganisationApprovals
from cse.accounts.organisations.history import OrganisationHistory
from cse.accounts.organisations.keys import OrganisationKeyList
from cse.accounts.organisations.notices import OrganisationNotices
from cse.accounts.organisations.service import Organisations
from cse.engine.client import ReplicaClient
from cse.runtime.configuration import Configuration
from cse.runtime.http.route import Route
from cse.runtime.outbox import OutcomeWatch
from cse.runtime.postgres import Connected, Pool


class OrganisationRooms(NamedTuple):
    """The use cases of organisations."""

    organisations: Organisations
    accounts: OrganisationAccounts
    approvals: OrganisationApprovals
    keys: OrganisationKeyList
    history: OrganisationHistory
    notices: OrganisationNotices
    assets: Assets

    def routes(self) -> list[Route]:
        """Their rows of the table."""
        return [
            *OrganisationsApi(self.organisations, self.accounts, self.approvals, self.history).routes(),
            *OrganisationApprovalsApi(self.approvals, self.keys, self.assets).routes(),
        ]

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes their mails."""
        return {**self.organisations.writers(), **self.notices.writers()}


def edge_organisations(
    configuration: Configuration,
    accounts_pool: Pool,
    audit_pool: Pool,
    outcomes: OutcomeWatch,
    replica: ReplicaClient,
    assets: Assets,
    ring: KeyRing,
) -> OrganisationRooms:
    """What serves organisations on an edge."""
    origin = configuration.page_origin
    acts = {**members.acts(), **policy_changes.acts(), **keys.acts(), **Transfers(assets).acts()}
    accounts = OrganisationAccounts(accounts_pool, outcomes, replica)
    return OrganisationRooms(
        Organisations(accounts_pool, accounts, origin),
        accounts,
        OrganisationApprovals(accounts_pool, outcomes, acts),
        OrganisationKeyList(accounts_pool, ring),
        OrganisationHistory(accounts_pool, audit_pool),
        OrganisationNotices(origin),
        assets,
    )


async def sweep_organisations(connection: Connected) -> None:
    """Forgets what has been kept for long enough."""
    await invitation_store.sweep(connection)
    await move_store.sweep(connection)
