"""The table of all rooms' routes, and the description of the API that is made from it."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import msgspec

from cse.accounts.api_keys.api import ApiKeysApi
from cse.accounts.api_keys.authentication import Signatures
from cse.accounts.api_keys.service import ApiKeyService
from cse.accounts.limits import LimitsApi
from cse.accounts.mail.api import MailboxApi
from cse.accounts.mail.mailbox import LocalMailbox
from cse.accounts.people.service import People
from cse.accounts.sub_accounts.api import SubAccountsApi
from cse.accounts.sub_accounts.service import SubAccounts
from cse.accounts.verification.api import VerificationApi
from cse.accounts.verification.service import Verifications
from cse.binance.api import binance_routes
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
from cse.marketdata.chart_feed.api import ChartFeedApi
from cse.marketdata.indicators.api import IndicatorsApi
from cse.marketdata.indicators.service import IndicatorService
from cse.marketdata.service import MarketData
from cse.portfolio.api import PortfolioApi
from cse.portfolio.service import Portfolios
from cse.portfolio.statement_api import StatementApi
from cse.portfolio.statements import Statements
from cse.runtime.clock import wall_us
from cse.runtime.health import Health
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Route
from cse.services.caller_limits import CallerLimits, Look
from cse.services.edge_organisations import OrganisationRooms
from cse.services.edge_pages import SitePages
from cse.services.edge_persons import PersonRooms
from cse.site.api import SiteApi
from cse.site.service import Site
from cse.trading.api import TradingApi
from cse.trading.holdings.api import HoldingsApi
from cse.trading.holdings.service import Holdings
from cse.trading.mass_cancels import MassCancels
from cse.trading.reads.account import AccountReads
from cse.trading.reads.api import AccountReadsApi
from cse.trading.reads.fees import FeeReads
from cse.trading.reads.past import PastReads
from cse.trading.reads.past_api import PastApi
from cse.trading.service import Trading


class Desk(NamedTuple):
    """The use cases of operators, and what operators tell everybody."""

    operators: Operators
    people: People
    incidents: Incidents
    banner: Banner
    services: Services
    origin: str
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

    persons: PersonRooms
    verifications: Verifications
    api_keys: ApiKeyService
    signatures: Signatures
    sub_accounts: SubAccounts
    organisations: OrganisationRooms
    holdings: Holdings
    trading: Trading
    mass_cancels: MassCancels
    account_reads: AccountReads
    fee_reads: FeeReads
    past_reads: PastReads
    marketdata: MarketData
    portfolios: Portfolios
    statements: Statements
    creators: Creators
    site: Site
    desk: Desk
    faucet: Faucet | None
    mailbox: LocalMailbox | None


def routes_of(
    rooms: Rooms, rates: Rates, look: Look, *, secure_cookies: bool, origin: str | None = None
) -> list[Route]:
    """Every room's rows of the table. `look` asks where buckets stand over all processes."""
    limits = CallerLimits(rates, look).of
    routes: list[Route] = [
        *rooms.persons.routes(secure_cookies=secure_cookies, origin=origin),
        *VerificationApi(rooms.verifications).routes(),
        *ApiKeysApi(rooms.api_keys, limits).routes(),
        *LimitsApi(limits).routes(),
        *SubAccountsApi(rooms.sub_accounts).routes(),
        *rooms.organisations.routes(),
        *HoldingsApi(rooms.holdings).routes(),
        *TradingApi(rooms.trading, rooms.mass_cancels, rates, rooms.fee_reads).routes(),
        *AccountReadsApi(rooms.account_reads, rooms.fee_reads).routes(),
        *PastApi(rooms.past_reads, rooms.account_reads).routes(),
        *PortfolioApi(rooms.portfolios, wall_us).routes(),
        *StatementApi(rooms.statements, wall_us).routes(),
        *MarketDataApi(rooms.marketdata, rooms.creators, wall_us).routes(),
        *IndicatorsApi(IndicatorService(rooms.marketdata)).routes(),
        *ChartFeedApi(rooms.marketdata, rooms.creators, wall_us).routes(),
        *CreatorsApi(rooms.creators).routes(),
        *SiteApi(rooms.site).routes(),
        *_desk_routes(rooms.desk),
        *binance_routes(
            rooms.signatures,
            rooms.marketdata,
            rooms.trading,
            rooms.mass_cancels,
            rooms.account_reads,
            rooms.fee_reads,
            rates,
            wall_us,
        ),
    ]
    if rooms.faucet is not None:
        routes += FaucetApi(rooms.faucet).routes()
    if rooms.mailbox is not None:
        routes += MailboxApi(rooms.mailbox).routes()
    return routes


def _desk_routes(desk: Desk) -> list[Route]:
    return [
        *DeskApi(
            desk.operators, desk.people, desk.incidents, desk.banner, desk.services, desk.origin
        ).routes(),
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
        persons=PersonRooms(*[nobody] * len(PersonRooms._fields)),
        organisations=OrganisationRooms(*[nobody] * len(OrganisationRooms._fields)),
    )


def api_document(version: str) -> bytes:
    """The OpenAPI document as indented JSON, of a table whose rooms nobody is in: none is called."""
    nobody = cast(Any, object())
    rooms = empty_rooms(nobody)
    routes = routes_of(rooms, Rates(), nobody, secure_cookies=True)
    pages = SitePages(routes, Health("edge", "nothing"), version, "")
    return msgspec.json.format(pages.document, indent=2) + b"\n"
