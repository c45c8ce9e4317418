"""The table of all rooms' routes, and the description of the API that is made from it."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import msgspec

from cse.accounts.api import AccountsApi
from cse.accounts.api_keys.api import ApiKeysApi
from cse.accounts.api_keys.service import ApiKeyService
from cse.accounts.closing.api import ClosingApi
from cse.accounts.closing.service import Closings
from cse.accounts.emails.api import EmailVerificationApi
from cse.accounts.emails.change import EmailChanges
from cse.accounts.emails.verification import EmailVerifications
from cse.accounts.events.api import SecurityEventsApi
from cse.accounts.events.service import SecurityEventLog
from cse.accounts.exports.api import ExportsApi
from cse.accounts.exports.service import PersonExports
from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.factors.passkeys_api import PasskeysApi
from cse.accounts.factors.second_factor import SecondFactor
from cse.accounts.factors.security_api import SecurityApi
from cse.accounts.factors.step_up import StepUp
from cse.accounts.limits import LimitsApi
from cse.accounts.mail.api import MailboxApi
from cse.accounts.mail.mailbox import LocalMailbox
from cse.accounts.notifications.api import NotificationsApi
from cse.accounts.notifications.service import NotificationCentre
from cse.accounts.passwords.change import PasswordChanges
from cse.accounts.passwords.change_api import PasswordChangeApi
from cse.accounts.passwords.reset import PasswordResets
from cse.accounts.passwords.reset_api import PasswordResetApi
from cse.accounts.people.service import People
from cse.accounts.preferences.api import PreferencesApi
from cse.accounts.preferences.service import PersonPreferences
from cse.accounts.service import Accounts
from cse.accounts.sessions.api import SessionsApi
from cse.accounts.sessions.service import PersonSessions
from cse.accounts.sub_accounts.api import SubAccountsApi
from cse.accounts.sub_accounts.service import SubAccounts
from cse.accounts.verification.api import VerificationApi
from cse.accounts.verification.service import Verifications
from cse.creators.api import CreatorsApi
from cse.creators.service import Creators
from cse.desk.api import DeskApi
from cse.desk.audit.api import AuditApi
from cse.desk.audit.service import AuditDesk
from cse.desk.grants import Grants
from cse.desk.history.service import History
from cse.desk.incidents import Banner, Incidents
from cse.desk.jobs.api import JobApi
from cse.desk.jobs.service import JobDesk
from cse.desk.markets.api import MarketApi
from cse.desk.markets.service import MarketDesk
from cse.desk.overview import Services
from cse.desk.people.api import PeopleApi
from cse.desk.people.looks import PeopleLooks
from cse.desk.people.service import PeopleDesk
from cse.desk.rates.api import RateApi
from cse.desk.rates.service import RateDesk
from cse.desk.requests.api import RequestApi
from cse.desk.requests.service import Requests
from cse.desk.risk.api import RiskApi
from cse.desk.risk.flags import FlagDesk
from cse.desk.risk.service import RiskDesk
from cse.desk.service import Operators
from cse.desk.verification.api import VerificationDeskApi
from cse.desk.verification.service import VerificationDesk
from cse.faucet.api import FaucetApi
from cse.faucet.service import Faucet
from cse.marketdata.api import MarketDataApi
from cse.marketdata.service import MarketData
from cse.runtime.clock import wall_us
from cse.runtime.health import Health
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Route
from cse.services.caller_limits import CallerLimits, Look
from cse.services.edge_organisations import OrganisationRooms
from cse.services.edge_pages import SitePages
from cse.trading.api import TradingApi
from cse.trading.holdings.api import HoldingsApi
from cse.trading.holdings.service import Holdings
from cse.trading.mass_cancels import MassCancels
from cse.trading.reads.account import AccountReads
from cse.trading.reads.api import AccountReadsApi
from cse.trading.reads.fees import FeeReads
from cse.trading.service import Trading


class Desk(NamedTuple):
    """The use cases of operators, and what operators tell everybody."""

    operators: Operators
    people: People
    incidents: Incidents
    banner: Banner
    services: Services
    people_desk: PeopleDesk
    people_looks: PeopleLooks
    markets: MarketDesk
    risk: RiskDesk
    rates: RateDesk
    flags: FlagDesk
    requests: Requests
    grants: Grants
    audit: AuditDesk
    jobs: JobDesk
    history: History
    verifications: VerificationDesk


class Rooms(NamedTuple):
    """The use cases that the edge offers.

    Without a faucet there is no play money, without a mailbox mail goes out or waits.
    """

    accounts: Accounts
    password_resets: PasswordResets
    password_changes: PasswordChanges
    email_verifications: EmailVerifications
    email_changes: EmailChanges
    sessions: PersonSessions
    second_factor: SecondFactor
    passkeys: Passkeys
    step_up: StepUp
    events: SecurityEventLog
    preferences: PersonPreferences
    notifications: NotificationCentre
    closings: Closings
    exports: PersonExports
    verifications: Verifications
    api_keys: ApiKeyService
    sub_accounts: SubAccounts
    organisations: OrganisationRooms
    holdings: Holdings
    trading: Trading
    mass_cancels: MassCancels
    account_reads: AccountReads
    fee_reads: FeeReads
    marketdata: MarketData
    creators: Creators
    desk: Desk
    faucet: Faucet | None
    mailbox: LocalMailbox | None


def routes_of(
    rooms: Rooms, rates: Rates, look: Look, *, secure_cookies: bool, origin: str | None = None
) -> list[Route]:
    """Every room's rows of the table. `look` asks where buckets stand over all processes."""
    limits = CallerLimits(rates, look).of
    routes: list[Route] = [
        *AccountsApi(rooms.accounts, secure_cookies=secure_cookies, origin=origin).routes(),
        *PasswordResetApi(rooms.password_resets).routes(),
        *PasswordChangeApi(rooms.password_changes).routes(),
        *EmailVerificationApi(rooms.email_verifications, rooms.email_changes).routes(),
        *SessionsApi(rooms.sessions).routes(),
        *SecurityApi(rooms.second_factor, rooms.passkeys, rooms.step_up).routes(),
        *PasskeysApi(rooms.passkeys).routes(),
        *SecurityEventsApi(rooms.events).routes(),
        *PreferencesApi(rooms.preferences).routes(),
        *NotificationsApi(rooms.notifications).routes(),
        *ClosingApi(rooms.closings).routes(),
        *ExportsApi(rooms.exports).routes(),
        *VerificationApi(rooms.verifications).routes(),
        *ApiKeysApi(rooms.api_keys, limits).routes(),
        *LimitsApi(limits).routes(),
        *SubAccountsApi(rooms.sub_accounts).routes(),
        *rooms.organisations.routes(),
        *HoldingsApi(rooms.holdings).routes(),
        *TradingApi(rooms.trading, rooms.mass_cancels, rates).routes(),
        *AccountReadsApi(rooms.account_reads, rooms.fee_reads).routes(),
        *MarketDataApi(rooms.marketdata, rooms.creators, wall_us).routes(),
        *CreatorsApi(rooms.creators).routes(),
        *_desk_routes(rooms.desk),
    ]
    if rooms.faucet is not None:
        routes += FaucetApi(rooms.faucet).routes()
    if rooms.mailbox is not None:
        routes += MailboxApi(rooms.mailbox).routes()
    return routes


def _desk_routes(desk: Desk) -> list[Route]:
    return [
        *DeskApi(desk.operators, desk.people, desk.incidents, desk.banner, desk.services).routes(),
        *PeopleApi(desk.people_desk, desk.people_looks).routes(),
        *MarketApi(desk.markets).routes(),
        *RiskApi(desk.risk, desk.flags).routes(),
        *RateApi(desk.rates).routes(),
        *RequestApi(desk.requests, desk.grants).routes(),
        *AuditApi(desk.audit, desk.history).routes(),
        *JobApi(desk.jobs).routes(),
        *VerificationDeskApi(desk.verifications).routes(),
    ]


def empty_rooms(nobody: Any) -> Rooms:
    """Rooms that `nobody` is in, for whom the table is all that matters."""
    return Rooms(*[nobody] * len(Rooms._fields))._replace(
        desk=Desk(*[nobody] * len(Desk._fields)),
        organisations=OrganisationRooms(*[nobody] * len(OrganisationRooms._fields)),
    )


def api_document(version: str) -> bytes:
    """The OpenAPI document as indented JSON, of a table whose rooms nobody is in: none is called."""
    nobody = cast(Any, object())
    rooms = empty_rooms(nobody)
    routes = routes_of(rooms, Rates(), nobody, secure_cookies=True)
    pages = SitePages(routes, Health("edge", "nothing"), version, "")
    return msgspec.json.format(pages.document, indent=2) + b"\n"
