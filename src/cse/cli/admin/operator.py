"""An operator's session: names looked up in the core's state, commands sent through the outbox."""

from __future__ import annotations

import asyncio
import os
import pwd
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.models import FoundPerson
from cse.accounts.organisations.freezing import OrganisationFreezes
from cse.accounts.people.freezing import Freezes
from cse.accounts.people.named import find_person
from cse.accounts.people.service import People
from cse.accounts.rates.service import RateSettings
from cse.accounts.verification.review import Reviews
from cse.accounts.verification.sealing import Sealing
from cse.accounts.verification.settings import VerificationSettings
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.audit.roles import READ_ROLE as AUDIT_ROLE
from cse.desk import service as desk
from cse.desk.history.service import History
from cse.desk.jobs.service import JobDesk
from cse.desk.markets.changes import Change
from cse.desk.markets.service import MarketReads
from cse.desk.markets.turns import turn
from cse.desk.overview import Services
from cse.desk.people.fee_tiers import FeeTiers
from cse.desk.people.looks import PeopleLooks
from cse.desk.people.timeline import Timelines
from cse.desk.requests.guarded_acts import GuardedActs
from cse.desk.requests.service import Requests
from cse.desk.risk.flags import FlagDesk, FlagReads
from cse.desk.risk.service import RiskReads
from cse.desk.verification.service import VerificationDesk
from cse.domain import codes
from cse.domain.accounts import NETWORK_NONE, external_owner
from cse.domain.assets import Asset
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.client import LeaderClient, ReplicaClient
from cse.engine.models import own_events
from cse.ledger.rebuild import empty_ledger
from cse.ledger.roles import READ_ROLE as LEDGER_ROLE
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.runtime.clock import wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.encryption import Encryption, encryption_keys
from cse.runtime.outbox import OutcomeWatch, Source, enqueue
from cse.runtime.postgres import Connected, Pool, owner_url, pool
from cse.services.edge_verification import sanctions_list
from cse.trading.reads.account import AccountReads
from cse.trading.reads.lookup import OrderLookup
from cse.trading.views.texts import ListedTexts

CONNECT_TIMEOUT_S: Final = 5.0
OUTCOME_TIMEOUT_S: Final = 30.0
ROLE: Final = "cse_runtime"
ACCOUNTS_ROLE: Final = "cse_accounts"
# Where the environment says who it is, the most particular first.
LOGINS: Final = ("CSE_OPERATOR", "SUDO_USER", "LOGNAME", "USER")


class NotRunning(Exception):
    """There is no exchange to operate."""


class Refused(Exception):
    """The core refused a command; `why`, where that is known, says more than the code."""

    def __init__(self, code: int, why: str = "") -> None:
        found = codes.BY_NUMBER.get(code)
        sentence = f"refused: {found.name}: {why or found.sentence}" if found else f"refused with code {code}"
        super().__init__(sentence)
        self.code = code


class Line(NamedTuple):
    """What somebody has typed: what is recorded of each command that comes of it."""

    command: str
    arguments: str = ""


class Operator:
    """Looks up what commands need and carries them out. Made by `operating`."""

    def __init__(
        self,
        configuration: Configuration,
        outbox: Pool,
        watch: OutcomeWatch,
        replica: ReplicaClient,
        line: Line,
    ):
        self._configuration = configuration
        self._outbox = outbox
        self._watch = watch
        self._replica = replica
        self._line = line
        self.markets = MarketReads(Listing(replica), replica, wall_us)
        self.risk = RiskReads(Listing(replica), replica)
        # Whose account the line is about, once that was looked up.
        self._person: UUID | None = None

    async def carry_out(self, command: bytes, change: Change | None = None) -> int:
        """Enqueues a command; the sequence at which it took effect. `change` is what is recorded of it.

        Raises:
            CodedError: `unavailable` while the ledger learns what the core has taken.
            Refused: the core refused it.
            NotAnswered: the outcome is not known yet; the command is kept and will be carried out.
        """
        async with self._outbox.connection() as connection, connection.transaction():
            number = await enqueue(connection, Source.ADMIN, command)
            await self._record(connection, f"{Source.ADMIN.value}/{number}", change)
        return await self._outcome(number)

    async def carry_out_in_turn(self, make: Callable[[], Awaitable[Change]]) -> int:
        """Carries out a change that `make` makes of what is now, in turn with the desk's.

        Raises as `carry_out` does, and what `make` raises.
        """
        async with self._outbox.connection() as connection, turn(connection):
            change = await make()
            number = await enqueue(connection, Source.ADMIN, change.command)
            await self._record(connection, f"{Source.ADMIN.value}/{number}", change)
            await connection.commit()
            return await self._outcome(number)

    async def asset(self, symbol: str, min_sequence: int = 0) -> Asset:
        """The asset of a symbol; raises `CodedError` where there is none."""
        for state in (await self._replica.assets(min_sequence=min_sequence)).value:
            if state.symbol == symbol:
                return Asset(state.asset, state.symbol, state.decimals)
        raise CodedError(codes.ASSET_UNKNOWN, field=symbol)

    async def market(self, name: str) -> int:
        """The id of a market; raises `CodedError` where there is none."""
        return (await self.market_state(name)).market

    async def market_state(self, name: str) -> wire.MarketState:
        """A market as it is; raises `CodedError` where there is none."""
        symbols = {state.asset: state.symbol for state in (await self._replica.assets()).value}
        for market in (await self._replica.markets()).value:
            if f"{symbols[market.base]}-{symbols[market.quote]}" == name:
                return market
        raise CodedError(codes.MARKET_UNKNOWN, field=name)

    async def market_now(self, name: str, min_sequence: int = 0) -> Market:
        """A market with its rules and status of now; raises `CodedError` where there is none."""
        return (await Listing(self._replica).market_now(name, min_sequence)).value

    async def events(self, sequence: int) -> bytes:
        """The events that a command brought about; none where the replica keeps them no longer."""
        group = (await self._replica.group(sequence)).value
        return b"" if group is None else own_events(group.events)

    async def external_account(self, asset: Asset) -> int:
        """Where an operator's credit of an asset comes from; opened where it is not there yet."""
        sequence = 0
        while True:
            found = await self._replica.external_account(asset.id, NETWORK_NONE, min_sequence=sequence)
            if found.value is not None:
                return found.value
            owner = external_owner(asset.id, NETWORK_NONE)
            sequence = await self.carry_out(wire.OpenAccount(owner, AccountKind.EXTERNAL).encode())

    async def main_account(self, email: str) -> int:
        """The main account of a person; raises `CodedError` where there is none."""
        self._person = await self.person(email)
        account = (await self._replica.main_account(self._person.bytes)).value
        if account is None:
            raise CodedError(codes.ACCOUNT_UNKNOWN, field=email)
        return account

    async def person(self, email: str) -> UUID:
        """The id of a person; raises `CodedError` where there is none."""
        async with self._pool(ACCOUNTS_ROLE) as accounts:
            return await find_person(accounts, email)

    @asynccontextmanager
    async def freezing(self, email: str) -> AsyncIterator[tuple[Freezes, UUID]]:
        """What freezes a person, and who that is; raises `CodedError` where there is none."""
        async with self._pool(ACCOUNTS_ROLE, size=2) as accounts:
            person = await find_person(accounts, email)
            async with OutcomeWatch(accounts) as watch:
                yield Freezes(accounts, watch, self._replica), person

    @asynccontextmanager
    async def organisation_freezes(self) -> AsyncIterator[OrganisationFreezes]:
        """What freezes organisations."""
        async with (
            self._pool(ACCOUNTS_ROLE, size=2) as accounts,
            OutcomeWatch(accounts) as watch,
        ):
            yield OrganisationFreezes(accounts, watch, self._replica)

    @asynccontextmanager
    async def requests(self) -> AsyncIterator[Requests]:
        """What takes two operators, as the desk has it."""
        async with (
            self._pool(ACCOUNTS_ROLE, size=2) as accounts,
            self._pool(desk.ROLE, size=2) as desk_pool,
            OutcomeWatch(desk_pool) as watch,
            OutcomeWatch(accounts) as accounts_watch,
        ):
            freezes = Freezes(accounts, accounts_watch, self._replica)
            people = People(accounts)
            acts = GuardedActs(self.markets, people, freezes).acts()
            yield Requests(desk_pool, people, watch, acts)

    @asynccontextmanager
    async def verifications(self) -> AsyncIterator[VerificationDesk]:
        """Who asks to be verified, as the desk has it."""
        settings = VerificationSettings.from_environment(os.environ, self._configuration.profile)
        sealing = Sealing(Encryption(encryption_keys(self._configuration.secrets, os.environ)))
        sanctions = sanctions_list(settings, self._configuration)
        async with self._pool(ACCOUNTS_ROLE) as accounts:
            yield VerificationDesk(Reviews(accounts, sealing, sanctions), People(accounts))

    @asynccontextmanager
    async def fee_tiers(self, email: str) -> AsyncIterator[tuple[FeeTiers, FoundPerson]]:
        """What sets fee tiers, as the desk has it, and of whom; raises `CodedError` where there is none."""
        async with (
            self._pool(ACCOUNTS_ROLE) as accounts,
            self._pool(desk.ROLE) as desk_pool,
            OutcomeWatch(desk_pool) as watch,
        ):
            person = await find_person(accounts, email)
            people = People(accounts)
            yield FeeTiers(desk_pool, people, self._replica, watch), await people.one(str(person))

    @asynccontextmanager
    async def rates(self) -> AsyncIterator[RateSettings]:
        """What sets rates, as the desk has it."""
        async with self._pool(ACCOUNTS_ROLE) as accounts:
            yield RateSettings(accounts)

    @asynccontextmanager
    async def jobs(self) -> AsyncIterator[JobDesk]:
        """What waits and what has failed, as the desk has it."""
        async with (
            self._pool(ACCOUNTS_ROLE) as accounts,
            self._pool(desk.ROLE) as desk_pool,
            self._pool(AUDIT_ROLE) as events,
        ):
            yield JobDesk(desk_pool, accounts, events)

    @asynccontextmanager
    async def history(self) -> AsyncIterator[History]:
        """What operators have set."""
        async with (
            self._pool(ACCOUNTS_ROLE) as accounts,
            self._pool(AUDIT_ROLE) as events,
        ):
            yield History(events, People(accounts))

    @asynccontextmanager
    async def flags(self) -> AsyncIterator[FlagDesk]:
        """What was told of accounts, as the desk has it."""
        async with (
            self._pool(desk.ROLE) as desk_pool,
            self._pool(LEDGER_ROLE) as reads,
        ):
            yield FlagDesk(desk_pool, FlagReads(Ledger(reads), Listing(self._replica)))

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        """How services are, as the desk has it."""
        async with self.jobs() as jobs:
            yield Services(self._configuration.run, jobs.queues)

    @asynccontextmanager
    async def people(self) -> AsyncIterator[PeopleLooks]:
        """Looks at people, as the desk has them."""
        async with (
            self._pool(ACCOUNTS_ROLE) as accounts,
            self._pool(desk.ROLE) as desk_pool,
            self._pool(AUDIT_ROLE) as events,
            self._pool(LEDGER_ROLE) as reads,
            LeaderClient(self._configuration.leader_socket) as leader,
        ):
            listing, ledger = Listing(self._replica), Ledger(reads)
            lookup = OrderLookup(leader, self._replica, ledger)
            orders = AccountReads(lookup, self._replica, listing, ledger, ListedTexts(listing))
            timelines = Timelines(events, ledger, listing, orders)
            yield PeopleLooks(desk_pool, People(accounts), timelines, self._replica, orders)

    async def empty_ledger(self) -> None:
        """Drops every row that the ledger has made of the event log."""
        # The owner's transaction is another one; what is recorded first is never done without a trace.
        async with self._outbox.connection() as connection:
            await self._record(connection)
        await asyncio.to_thread(empty_ledger, owner_url(self._configuration))

    def _pool(self, role: str, *, size: int = 1) -> Pool:
        return pool(self._configuration, role, size=size)

    async def _outcome(self, number: int) -> int:
        outcome = await self._watch.outcome(Source.ADMIN, number, OUTCOME_TIMEOUT_S)
        if outcome.code:
            raise Refused(outcome.code)
        return outcome.sequence

    async def _record(self, connection: Connected, outbox: str = "", change: Change | None = None) -> None:
        details = Details(command=self._line.command, arguments=self._line.arguments)
        if outbox:
            details["outbox"] = outbox
        act, target = Act.OPERATOR_COMMAND, ""
        if change is not None:
            act, target = change.act, change.market
            details["before"], details["after"] = change.before, change.after
        by = Actor.operator(login())
        await log.record(connection, act, by, person=self._person, target=target, details=details)


def login() -> str:
    """Who sits at the command line, as far as the environment tells; services have a user of their own."""
    for name in LOGINS:
        if found := os.environ.get(name):
            return found
    return pwd.getpwuid(os.getuid()).pw_name


@asynccontextmanager
async def operating(configuration: Configuration, line: Line) -> AsyncIterator[Operator]:
    """A session with the exchange that runs on the data directory.

    Raises:
        NotRunning: none does.
    """
    async with ReplicaClient(configuration.replica_socket) as replica:
        if not await replica.wait_connected(CONNECT_TIMEOUT_S):
            raise NotRunning(f"No exchange runs on {configuration.data}. Start it with ./cse up")
        outbox = pool(configuration, ROLE, size=2)
        async with outbox, OutcomeWatch(outbox) as watch:
            yield Operator(configuration, outbox, watch, replica, line)
