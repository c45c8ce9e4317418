"""The streams' process: follows the event log and tells what changes over WebSockets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Final

import psycopg
import uvloop
from psycopg_pool import PoolTimeout
from structlog.typing import FilteringBoundLogger

from cse.accounts.api_keys.authentication import Signatures
from cse.accounts.api_keys.ring import KeyRing
from cse.accounts.api_keys.seen_signatures import SeenSignatures
from cse.accounts.api_keys.service import StoredKeys
from cse.accounts.api_keys.uses import KeyUses
from cse.accounts.notifications.service import NotificationCentre
from cse.accounts.notifications.store import NOTIFICATIONS_CHANGED
from cse.accounts.organisations.memberships import Memberships, StoredMemberships
from cse.accounts.organisations.store import MEMBERSHIP_CHANGED
from cse.accounts.rates.service import RateSettings
from cse.accounts.rates.store import RATES_CHANGED
from cse.accounts.sessions import token_keys
from cse.accounts.sessions.revocation import Revocations
from cse.accounts.sub_accounts.choice import OwnedAccounts
from cse.binance.streams.connections import ApiConnections, MarketConnections
from cse.binance.streams.feeds import Feeds
from cse.binance.streams.peer import LIMITS as BINANCE_LIMITS
from cse.desk.incidents import Banner
from cse.desk.service import ROLE as DESK_ROLE
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine._native import JournalDamaged
from cse.engine.client import LeaderClient, ReplicaClient
from cse.engine.feed import EventFeed
from cse.engine.models import EngineError, PositionLost
from cse.ledger.roles import READ_ROLE as LEDGER_ROLE
from cse.ledger.service import Ledger
from cse.marketdata.candle_builder import TradeMissing
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.roles import READ_ROLE as CANDLES_ROLE
from cse.runtime import postgres
from cse.runtime.clock import LeaderClock, wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.encryption import Encryption, encryption_keys
from cse.runtime.exclusive_file import ExclusiveFile
from cse.runtime.health import Health, serve_health
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.request_rates import Rates
from cse.runtime.listening import listening_socket
from cse.runtime.memory import settle_memory
from cse.runtime.shared_rates import SharedRates
from cse.runtime.telemetry import start_logging
from cse.runtime.valkey_topics import ValkeyTopics
from cse.runtime.working import work_until_stopped
from cse.services.open_files import within_open_files
from cse.services.rate_sharing import shared
from cse.services.rates_in_force import RatesInForce
from cse.services.status_metrics import StatusMetrics
from cse.services.streams_metrics import RefusalMetrics
from cse.services.streams_system import SystemWatch
from cse.streams.account_loading import AccountLoader
from cse.streams.book import BookGap
from cse.streams.channel_connections import ChannelConnections
from cse.streams.connections import BUCKETS
from cse.streams.follower import Follower
from cse.streams.hub import Hub
from cse.streams.limits import Limits
from cse.streams.loading import Start, load_start
from cse.streams.market_order_loading import MarketOrdersLoader
from cse.streams.notifications import NotificationLoader
from cse.streams.publication.publisher import Publisher
from cse.streams.publication.topics import Topics
from cse.streams.sockets import StreamServer
from cse.streams.tokens import WatchedTokens
from cse.trading.guard_files import GuardFiles
from cse.trading.guards import Guards

SERVICE: Final = "streams"
ACCOUNTS_ROLE: Final = "cse_accounts"
LOOK_S: Final = 0.05
SWEEP_S: Final = 1 / BUCKETS
# The best levels of books are told each tenth of a second.
SWEEPS_A_DEPTH: Final = BUCKETS // 10
# What only another start can mend: the journal is not the one that was followed.
FAILURES: Final = (BookGap, TradeMissing, JournalDamaged, PositionLost)
# What connections in the dialect of Binance may take of the files that may be open.
_BINANCE_SHARE: Final = 0.25
# Where one that stands alone listens, beside an edge that does.
_PORT_BESIDE: Final = 1


@dataclass(frozen=True, slots=True)
class Streams:
    """What the process holds while it runs.

    `guards` are those of edges that die: where there is one edge, nobody else sees that at once. `clock`
    says how far time has come. What left a day cannot come back into it, so a wall clock that is set must
    move it by no jump: as it moves no record's time.
    """

    connections: ChannelConnections
    binance: MarketConnections
    binance_api: ApiConnections
    hub: Hub
    follower: Follower
    loader: AccountLoader
    server: StreamServer
    replica: ReplicaClient
    revocations: Revocations
    key_uses: KeyUses
    guards: Guards
    health: Health
    clock: LeaderClock
    shared_rates: SharedRates
    rates_in_force: RatesInForce
    publisher: Publisher
    system: SystemWatch

    async def look_after(self) -> None:
        """Looks after connections and accounts, and notes what the process waits for."""
        while True:
            kinds = (self.connections, self.binance, self.binance_api)
            self.follower.is_heard = any(kind.count for kind in kinds)
            self.health.waiting_for = self._missing()
            self.hub.pass_time(self.clock.now_us())
            for sweep in range(BUCKETS):
                for kind in kinds:
                    kind.sweep()
                if sweep % SWEEPS_A_DEPTH == 0:
                    self.hub.tell_depths()
                    self.binance.feeds.tick(self.clock.now_us())
                await asyncio.sleep(SWEEP_S)

    async def run(self, listening: socket.socket) -> None:
        """Tells until it is cancelled; whoever listens is told why it ends.

        Raises:
            Exception: nothing more can be told, for the journal is not what it was.
        """
        self.follower.start()
        await self.server.open(listening)
        works = (
            self.revocations.run(), self.look_after(), self.key_uses.run(), self.guards.watch(),
            self.rates_in_force.run(), self.rates_in_force.share(self.shared_rates),
            self.publisher.run(), self.system.run(),
        )  # fmt: skip
        tasks = [asyncio.create_task(work) for work in works]
        why = codes.SHUTTING_DOWN
        try:
            done, _ = await asyncio.wait((self.follower.failed, *tasks), return_when=asyncio.FIRST_COMPLETED)
            why = codes.UNAVAILABLE
            for one in done:
                one.result()
        finally:
            self.server.take_no_more()
            if why is codes.SHUTTING_DOWN:
                await self.system.stop()
            self.follower.stop()
            await self.server.close(CodedError(why))
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _missing(self) -> str | None:
        if not self.revocations.listening:
            return "PostgreSQL"
        if not self.rates_in_force.are_known:
            return "the rates"
        return None if self.replica.connected else "the replica"

    def status(self) -> dict[str, object]:
        """What the metrics are made of."""
        stamp = self.hub.place.stamp
        return {
            "service": SERVICE,
            "epoch": stamp.epoch,
            "sequence": stamp.sequence,
            "lag": self.follower.lag,
            "turns": self.follower.turns,
            "markets": len(self.hub.markets),
            "connections": self.connections.count,
            "subscriptions": self.connections.subscriptions,
            "binance_connections": self.binance.count + self.binance_api.count,
            "binance_subscriptions": self.binance.subscriptions,
            "signed_in": self.connections.signed_in + self.binance_api.signed_in,
            "deliveries": self.hub.place.deliveries,
        }


@contextlib.asynccontextmanager
async def assembled(configuration: Configuration, health: Health) -> AsyncIterator[Streams]:
    """The process with its connections open, once there is something to tell."""
    async with contextlib.AsyncExitStack() as stack:
        replica = await stack.enter_async_context(ReplicaClient(configuration.replica_socket))
        ledger_pool = await stack.enter_async_context(postgres.pool(configuration, LEDGER_ROLE, size=2))
        candles_pool = await stack.enter_async_context(postgres.pool(configuration, CANDLES_ROLE, size=1))
        health.waiting_for = "the journal"
        feed = await _open_feed(configuration)
        ledger, candles = Ledger(ledger_pool), CandleReads(candles_pool)
        start = await _load(replica, feed, candles, ledger, health)
        tokens = WatchedTokens(token_keys.access_token_key(configuration.data / "secrets"))
        hub = Hub(
            start.stamp,
            start.assets,
            start.markets,
            watermark=lambda: feed.watermark,
            now_s=time.monotonic,
        )
        per_address = configuration.sockets_per_address
        limits = within_open_files(Limits(connections_per_address=per_address), 1 - _BINANCE_SHARE)
        of_binance = replace(BINANCE_LIMITS, connections_per_address=per_address)
        keys_pool = await stack.enter_async_context(postgres.pool(configuration, ACCOUNTS_ROLE, size=2))
        seen = stack.enter_context(contextlib.closing(SeenSignatures(configuration.seen_signatures)))
        rates = Rates(configuration.edges)
        shared_rates = await stack.enter_async_context(shared(configuration, rates))
        signatures = _signatures(configuration, keys_pool, seen, rates)
        memberships = Memberships(StoredMemberships(keys_pool).load)
        owned = OwnedAccounts(replica, memberships)
        connections = ChannelConnections(
            hub, limits, tokens.authenticate, signatures.caller, owned,
            now_s=time.monotonic, wall_us=wall_us,
        )  # fmt: skip
        sign_ins = (
            within_open_files(of_binance, _BINANCE_SHARE / 2),
            tokens.authenticate,
            signatures.caller,
            owned,
        )
        binance = MarketConnections(Feeds(hub), *sign_ins, now_s=time.monotonic, wall_us=wall_us)
        binance_api = ApiConnections(hub, *sign_ins, now_s=time.monotonic, wall_us=wall_us)
        tokens.on_end = connections.end_sign_in
        signatures.ring.on_end = both(connections.end_key, binance_api.end_key)
        memberships.on_end = both(connections.end_membership, binance_api.end_membership)
        loader = AccountLoader(replica, ledger, hub.accounts)
        hub.accounts.want = loader.begin
        stack.push_async_callback(loader.close)
        orders = MarketOrdersLoader(replica, feed, hub.market_orders)
        hub.market_orders.want = orders.begin
        stack.push_async_callback(orders.close)
        unread = NotificationLoader(
            NotificationCentre(keys_pool).unread_of, hub.notifications, wall_us=wall_us, now_s=time.monotonic
        )
        hub.notifications.want = unread.begin
        stack.push_async_callback(unread.close)
        rates_in_force = RatesInForce(rates, RateSettings(keys_pool), ledger)
        revocations = Revocations(
            postgres.conninfo(configuration, ACCOUNTS_ROLE), tokens, signatures.ring,
            {
                NOTIFICATIONS_CHANGED: hub.notifications.changed,
                MEMBERSHIP_CHANGED: memberships.heard,
                RATES_CHANGED: rates_in_force.heard,
            },
        )  # fmt: skip
        server = StreamServer(
            connections, ClientAddresses(configuration.trusted_proxies), doors=(binance, binance_api)
        )
        follower = Follower(feed, hub)
        clock = LeaderClock(start.stamp.time_us)
        leader = await stack.enter_async_context(LeaderClient(configuration.leader_socket))
        guards = Guards(GuardFiles(configuration.guards), leader)
        guards.open()
        banner = Banner(await stack.enter_async_context(postgres.pool(configuration, DESK_ROLE, size=1)))
        system = SystemWatch(
            hub.system, banner, lambda: leader.connected and replica.connected, time.monotonic
        )
        stack.push_async_callback(guards.close)
        topics = ValkeyTopics(configuration.valkey_url)
        stack.push_async_callback(topics.close)
        turn = stack.enter_context(contextlib.closing(ExclusiveFile(configuration.run / "publisher.lock")))
        publisher = Publisher(Topics(hub), topics, turn)
        yield Streams(
            connections, binance, binance_api, hub, follower, loader, server, replica, revocations,
            signatures.uses, guards, health, clock, shared_rates, rates_in_force, publisher, system,
        )  # fmt: skip


def both(first: Callable[[str], None], second: Callable[[str], None]) -> Callable[[str], None]:
    """Tells two of a name."""

    def tell(name: str) -> None:
        first(name)
        second(name)

    return tell


def _signatures(
    configuration: Configuration, pool: postgres.Pool, seen: SeenSignatures, rates: Rates
) -> Signatures:
    """What verifies sign-ins by API keys."""
    encryption = Encryption(encryption_keys(configuration.data / "secrets", os.environ))
    ring = KeyRing(StoredKeys(pool, encryption).load, encryption, rates.key_lookups)
    return Signatures(ring, seen, KeyUses(pool), rates)


async def _open_feed(configuration: Configuration) -> EventFeed:
    watermark = configuration.run / "watermark"
    while not watermark.exists():
        await asyncio.sleep(LOOK_S)
    return EventFeed(configuration.data)


async def _load(
    replica: ReplicaClient, feed: EventFeed, candles: CandleReads, ledger: Ledger, health: Health
) -> Start:
    while True:
        health.waiting_for = "the replica"
        if await replica.wait_connected(1.0):
            health.waiting_for = "candles and trades in PostgreSQL"
            with contextlib.suppress(EngineError, psycopg.Error, PoolTimeout):
                return await load_start(replica, feed, candles, ledger, wall_us())
        await asyncio.sleep(LOOK_S)


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Tells until SIGTERM or SIGINT; returns the exit code."""
    health = Health(configuration.service or SERVICE, "the journal")
    configuration.run.mkdir(parents=True, exist_ok=True)
    listening = listening_socket(configuration, configuration.port + _PORT_BESIDE)
    async with serve_health(health, configuration.run):
        await work_until_stopped(_work(configuration, health, listening, log))
    log.info("stopped")
    return 0


async def _work(
    configuration: Configuration, health: Health, listening: socket.socket, log: FilteringBoundLogger
) -> None:
    async with assembled(configuration, health) as streams:
        StatusMetrics(streams.status).register()
        RefusalMetrics(streams.connections.refusals).register()
        settle_memory()
        log.info("listening", sequence=streams.hub.place.stamp.sequence)
        await streams.run(listening)


def main() -> int:
    """Runs a streams process with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging(configuration.service or SERVICE, configuration.log_level)
    try:
        return uvloop.run(serve(configuration, log))
    except FAILURES as error:
        log.critical("the streams cannot go on", error=str(error), kind=type(error).__name__)
        return 1
