"""The edge's process: one ASGI application with the routes of every room."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import psycopg
import uvicorn
import uvloop
from structlog.typing import FilteringBoundLogger

from cse.accounts import attempts, links
from cse.accounts.api_keys.authentication import Authentication, Signatures
from cse.accounts.api_keys.ring import KeyRing
from cse.accounts.api_keys.seen_signatures import SeenSignatures
from cse.accounts.api_keys.service import ApiKeyService, StoredKeys
from cse.accounts.api_keys.uses import KeyUses
from cse.accounts.closing import store as closing_store
from cse.accounts.exports import store as export_store
from cse.accounts.exports.worker import ExportWorker
from cse.accounts.mail import store as mail_store
from cse.accounts.mail.phrases import Phrases
from cse.accounts.notifications import store as notification_store
from cse.accounts.organisations.memberships import Memberships, StoredMemberships
from cse.accounts.organisations.store import MEMBERSHIP_CHANGED
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.people.freezing import Freezes
from cse.accounts.rates.service import RateSettings
from cse.accounts.rates.store import RATES_CHANGED
from cse.accounts.sessions import token_keys
from cse.accounts.sessions.revocation import Revocations
from cse.accounts.sub_accounts.choice import OwnedAccounts
from cse.accounts.sub_accounts.service import SubAccounts
from cse.accounts.sub_accounts.transfers import AccountTransfers
from cse.audit.roles import READ_ROLE as AUDIT_ROLE
from cse.creators.service import ROLE as CREATORS_ROLE
from cse.creators.service import Creators
from cse.desk.service import ROLE as DESK_ROLE
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.client import LeaderClient, ReplicaClient
from cse.faucet.service import Faucet
from cse.ledger.entry_reads import EntryReads
from cse.ledger.roles import READ_ROLE
from cse.ledger.service import Ledger
from cse.ledger.statements import LEDGER_MOVED
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.listing import Listing
from cse.marketdata.roles import READ_ROLE as CANDLES_ROLE
from cse.marketdata.service import MarketData
from cse.portfolio.keeping import BookKeeping
from cse.portfolio.service import ROLE as PORTFOLIO_ROLE
from cse.portfolio.service import Portfolios
from cse.portfolio.statements import Statements
from cse.runtime import idempotency, postgres
from cse.runtime.clock import wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.encryption import Encryption, encryption_keys
from cse.runtime.health import Health, serve_health
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.server import server_configuration
from cse.runtime.listening import listening_socket
from cse.runtime.memory import settle_memory
from cse.runtime.outbox import OutcomeWatch
from cse.runtime.shared_rates import SharedRates
from cse.runtime.telemetry import start_logging
from cse.services.edge_desk import edge_desk
from cse.services.edge_exports import sources_of
from cse.services.edge_failures import problem_of
from cse.services.edge_mail import EdgeMail, MailWatch, edge_mail
from cse.services.edge_metrics import AnswerMetrics
from cse.services.edge_organisations import edge_organisations, sweep_organisations
from cse.services.edge_pages import SitePages
from cse.services.edge_persons import edge_persons
from cse.services.edge_routes import Rooms, routes_of
from cse.services.edge_verification import EdgeVerification, edge_verification
from cse.services.ledger_notifications import LedgerNotifications
from cse.services.open_files import within_open_files
from cse.services.rate_sharing import shared
from cse.services.rates_in_force import RatesInForce
from cse.services.status_metrics import StatusMetrics
from cse.site.picture import draw
from cse.site.pictures import Pictures
from cse.site.service import Site
from cse.site.shells import FONTS, market_shells
from cse.site.typeface import Typeface
from cse.streams.connections import BUCKETS
from cse.streams.orders.connections import OrderConnections
from cse.streams.orders.limits import OrderLimits
from cse.streams.sockets import StreamServer
from cse.streams.tokens import WatchedTokens
from cse.trading.guard_files import GuardFiles
from cse.trading.guards import Guards
from cse.trading.holdings.service import Holdings
from cse.trading.mass_cancels import MassCancels
from cse.trading.reads.account import AccountReads
from cse.trading.reads.fees import FeeReads
from cse.trading.reads.lookup import OrderLookup
from cse.trading.reads.past import PastReads
from cse.trading.service import Trading
from cse.trading.views.texts import ListedTexts

SERVICE: Final = "edge"
LOOK_S: Final = 0.1
SWEEP_S: Final = 3_600
WARM_WITHIN_S: Final = 2.0
ACCOUNTS_ROLE: Final = "cse_accounts"
FAUCET_ROLE: Final = "cse_faucet"
ORDERS_PATH: Final = b"/ws/orders"


@dataclass(frozen=True, slots=True)
class Edge:
    """What the process holds while it runs."""

    application: Application
    health: Health
    leader: LeaderClient
    replica: ReplicaClient
    revocations: Revocations
    listing: Listing
    accounts_pool: postgres.Pool
    faucet_pool: postgres.Pool
    key_uses: KeyUses
    mail: EdgeMail
    mail_watch: MailWatch
    guards: Guards
    order_connections: OrderConnections
    sockets: StreamServer
    shared_rates: SharedRates
    rates_in_force: RatesInForce
    ledger_notifications: LedgerNotifications
    export_worker: ExportWorker
    verification: EdgeVerification

    async def watch(self) -> None:
        """Notes what the edge waits for, as long as it lives."""
        while True:
            self.health.waiting_for = self._missing()
            if not self.listing.assets and self.replica.connected:
                with contextlib.suppress(Exception):
                    await self.listing.read()
            await asyncio.sleep(LOOK_S)

    async def sweep(self) -> None:
        """Forgets what has been kept for long enough, once an hour."""
        while True:
            with contextlib.suppress(psycopg.Error):
                await attempts.sweep(self.accounts_pool)
                async with self.accounts_pool.connection() as connection:
                    await links.sweep(connection)
                    await mail_store.sweep(connection)
                    await notification_store.sweep(connection)
                    await closing_store.sweep(connection)
                    await export_store.sweep(connection)
                    await sweep_organisations(connection)
                await self.verification.sweep()
                async with self.faucet_pool.connection() as connection:
                    await idempotency.sweep(connection)
            await asyncio.sleep(SWEEP_S)

    async def look_after(self) -> None:
        """Looks after the connections that carry orders."""
        while True:
            self.order_connections.sweep()
            await asyncio.sleep(1 / BUCKETS)

    def status(self) -> dict[str, object]:
        """What the metrics are made of, beside the answers."""
        return {
            "service": SERVICE,
            "order_connections": self.order_connections.count,
            "order_connections_signed_in": self.order_connections.signed_in,
            "guards": self.guards.held,
            "rates_shared": self.shared_rates.is_shared,
            **self.mail_watch.status(),
        }

    def _missing(self) -> str | None:
        if not self.revocations.listening:
            return "PostgreSQL"
        if not self.leader.connected:
            return "the leader"
        if not self.replica.connected:
            return "the replica"
        if not self.rates_in_force.are_known:
            return "the rates"
        return None if self.listing.assets else "the first assets"


@contextlib.asynccontextmanager
async def assembled(configuration: Configuration, health: Health) -> AsyncIterator[Edge]:
    """The edge with its connections open; none of them needs to be there at once."""
    async with contextlib.AsyncExitStack() as stack:
        enter = stack.enter_async_context
        accounts_pool = await enter(postgres.pool(configuration, ACCOUNTS_ROLE))
        faucet_pool = await enter(postgres.pool(configuration, FAUCET_ROLE, size=4))
        ledger_pool = await enter(postgres.pool(configuration, READ_ROLE))
        candles_pool = await enter(postgres.pool(configuration, CANDLES_ROLE, size=4))
        creators_pool = await enter(postgres.pool(configuration, CREATORS_ROLE, size=2))
        pools = (accounts_pool, faucet_pool, ledger_pool, candles_pool, creators_pool)
        await postgres.warm(pools, WARM_WITHIN_S)
        audit_pool = await enter(postgres.pool(configuration, AUDIT_ROLE, size=4))
        portfolio_pool = await enter(postgres.pool(configuration, PORTFOLIO_ROLE, size=4))
        desk_pool = await enter(postgres.pool(configuration, DESK_ROLE, size=4))
        outcomes = await enter(OutcomeWatch(accounts_pool))
        leader = await enter(LeaderClient(configuration.leader_socket))
        replica = await enter(ReplicaClient(configuration.replica_socket))
        passwords = stack.enter_context(contextlib.closing(Passwords()))
        listing = Listing(replica)
        ledger = Ledger(ledger_pool)
        access_tokens = WatchedTokens(token_keys.access_token_key(configuration.secrets))
        encryption = Encryption(encryption_keys(configuration.secrets, os.environ))
        phrases = Phrases(encryption)
        persons = edge_persons(
            configuration, accounts_pool, audit_pool, outcomes, replica, listing, passwords,
            access_tokens, encryption, phrases,
        )  # fmt: skip
        rates = Rates(configuration.edges)
        ring = KeyRing(StoredKeys(accounts_pool, encryption).load, encryption, rates.key_lookups)
        organisations = edge_organisations(
            configuration, accounts_pool, audit_pool, outcomes, replica, listing, ring
        )
        writers = {**organisations.writers(), **persons.writers()}
        mail = edge_mail(configuration, os.environ, accounts_pool, writers, phrases)
        verification = edge_verification(configuration, os.environ, accounts_pool, encryption)
        shared_rates = await enter(shared(configuration, rates))
        key_uses = KeyUses(accounts_pool)
        seen = stack.enter_context(contextlib.closing(SeenSignatures(configuration.seen_signatures)))
        signatures = Signatures(ring, seen, key_uses, rates)
        sub_accounts = SubAccounts(accounts_pool, outcomes, replica)
        api_keys = ApiKeyService(accounts_pool, encryption, ring, sub_accounts)
        texts = ListedTexts(listing)
        account_reads = AccountReads(OrderLookup(leader, replica, ledger), replica, listing, ledger, texts)
        faucet = None
        if configuration.profile == "demo":
            faucet = Faucet(faucet_pool, outcomes, listing, replica)
        candle_reads = CandleReads(candles_pool)
        marketdata = MarketData(replica, listing, ledger, candle_reads)
        keeping = BookKeeping(portfolio_pool, ledger, candle_reads, listing)
        portfolios = Portfolios(portfolio_pool, keeping, candle_reads, listing)
        entries = EntryReads(ledger_pool)
        creators = Creators(creators_pool, lists_demo=configuration.lists_demo)
        typeface = Typeface(configuration.web and configuration.web / FONTS)
        pictures = stack.enter_context(contextlib.closing(Pictures(partial(draw, typeface=typeface))))
        desk = edge_desk(
            configuration, accounts_pool, desk_pool, audit_pool, outcomes, replica, listing, ledger,
            account_reads, Freezes(accounts_pool, outcomes, replica, access_tokens),
            verification.reviews,
        )  # fmt: skip
        holdings = Holdings(
            sub_accounts,
            organisations.organisations,
            AccountTransfers(accounts_pool, outcomes, replica),
            replica,
            listing,
            ledger,
        )
        rooms = Rooms(
            persons=persons,
            verifications=verification.verifications,
            api_keys=api_keys,
            signatures=signatures,
            sub_accounts=sub_accounts,
            organisations=organisations,
            holdings=holdings,
            trading=Trading(leader, replica, listing, account_reads, texts),
            mass_cancels=MassCancels(leader, replica, listing),
            account_reads=account_reads,
            fee_reads=FeeReads(replica, listing),
            past_reads=PastReads(ledger, entries, listing, texts),
            marketdata=marketdata,
            portfolios=portfolios,
            statements=Statements(portfolios, keeping, entries),
            creators=creators,
            site=Site(
                market_shells(configuration.web),
                marketdata,
                creators,
                pictures,
                configuration.web,
                configuration.page_origin,
                wall_us,
            ),
            desk=desk,
            faucet=faucet,
            mailbox=mail.mailbox,
        )
        routes = routes_of(
            rooms,
            rates,
            shared_rates.look,
            secure_cookies=configuration.secure_cookies,
            origin=configuration.origin,
        )
        pages = SitePages(routes, health, _version(), f"http://127.0.0.1:{configuration.port}")
        memberships = Memberships(StoredMemberships(accounts_pool).load)
        owned_accounts = OwnedAccounts(replica, memberships)
        application = Application(
            [*routes, *pages.routes()],
            Authentication(access_tokens, signatures),
            ClientAddresses(configuration.trusted_proxies),
            problem_of,
            persons.step_up.require,
            desk.operators.require,
            rates,
            owned_accounts,
        )
        rates_in_force = RatesInForce(rates, RateSettings(accounts_pool), ledger)
        ledger_notifications = LedgerNotifications(accounts_pool, ledger)
        revocations = Revocations(
            postgres.conninfo(configuration, ACCOUNTS_ROLE), access_tokens, ring,
            {
                LEDGER_MOVED: ledger_notifications.moved,
                MEMBERSHIP_CHANGED: memberships.heard,
                RATES_CHANGED: rates_in_force.heard,
            },
        )  # fmt: skip
        guards = Guards(GuardFiles(configuration.guards), leader)
        guards.open()
        stack.push_async_callback(guards.close)
        limits = within_open_files(OrderLimits(connections_per_address=configuration.sockets_per_address))
        order_connections = OrderConnections(
            application, guards, rates, listing, limits,
            access_tokens.authenticate, signatures.caller, owned_accounts,
            now_s=time.monotonic, wall_us=wall_us,
        )  # fmt: skip
        access_tokens.on_end, ring.on_end = order_connections.end_sign_in, order_connections.end_key
        memberships.on_end = order_connections.end_membership
        sockets = StreamServer(order_connections, application.addresses, ORDERS_PATH)
        application.upgrades[ORDERS_PATH] = sockets.protocol
        sources = sources_of(accounts_pool, audit_pool, faucet_pool, ledger_pool, listing, texts)
        yield Edge(
            application, health, leader, replica, revocations, listing, accounts_pool, faucet_pool,
            key_uses, mail, MailWatch(accounts_pool), guards, order_connections, sockets, shared_rates,
            rates_in_force, ledger_notifications, ExportWorker(accounts_pool, encryption, sources),
            verification,
        )  # fmt: skip


class _Server(uvicorn.Server):
    """Leaves signals to the process, which has more to close than the server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Answers until SIGTERM or SIGINT; returns the exit code."""
    health = Health((configuration.service or SERVICE), "PostgreSQL")
    configuration.run.mkdir(parents=True, exist_ok=True)
    listening = listening_socket(configuration, configuration.port)
    async with serve_health(health, configuration.run), assembled(configuration, health) as edge:
        AnswerMetrics(edge.application).register()
        StatusMetrics(edge.status).register()
        server = _Server(server_configuration(edge.application))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, server)
        works = (
            edge.revocations.run(), edge.watch(), edge.sweep(), edge.key_uses.run(), edge.look_after(),
            edge.guards.watch(), edge.mail.run(), edge.mail_watch.run(),
            edge.rates_in_force.run(), edge.rates_in_force.share(edge.shared_rates),
            edge.ledger_notifications.run(), edge.export_worker.run(), edge.verification.run(),
        )  # fmt: skip
        tasks = [asyncio.create_task(work) for work in works]
        settle_memory()
        log.info("listening", host=configuration.host, port=configuration.port)
        await server.serve([listening])
        await edge.sockets.close(CodedError(codes.SHUTTING_DOWN))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    log.info("stopped")
    return 0


def _stop(server: uvicorn.Server) -> None:
    server.should_exit = True


def _version() -> str:
    try:
        return version("cs-exchange")
    except PackageNotFoundError:
        return "0"


def main() -> int:
    """Runs an edge with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging((configuration.service or SERVICE), configuration.log_level)
    return uvloop.run(serve(configuration, log))
