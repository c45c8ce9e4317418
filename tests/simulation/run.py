"""One simulated run: a market, a few traders, a bad day, and the audit at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cse.domain.accounts import NO_OWNER, external_owner
from cse.engine import wire
from cse.engine.models import Group
from tests.simulation.auditor import audit
from tests.simulation.clients import Line
from tests.simulation.disk import SimulatedDisk
from tests.simulation.leader_process import LeaderProcess
from tests.simulation.ledger_process import LedgerProcess
from tests.simulation.network import SimulatedNetwork, Weather
from tests.simulation.replica_process import ReplicaProcess
from tests.simulation.traders import Trader
from tests.simulation.world import Violation, World

TRADERS = 3
ORDERS_EACH = 25
OPERATOR = 1_000
SETUP_US_MAX = 60_000_000
TRADING_US_MAX = 120_000_000
FINE = Weather(dropped=0, doubled=0, late=0)
# Within what a client order id is remembered for: a leader that restarts believes its wall clock.
CLOCK_OFF_US_MAX = 8 * 3_600_000_000


class Report(NamedTuple):
    """How a run went."""

    seed: int
    last_sequence: int
    acknowledged: int
    leader_starts: int
    snapshots: int
    faults: Counter[str]


class Run:
    """The parts of a run. A test that plants a bug puts another part in place of one."""

    def __init__(
        self,
        seed: int,
        *,
        disk: type[SimulatedDisk] = SimulatedDisk,
        leader: type[LeaderProcess] = LeaderProcess,
        ledger: type[LedgerProcess] = LedgerProcess,
        replica: type[ReplicaProcess] = ReplicaProcess,
        line: type[Line] = Line,
    ) -> None:
        self.world = World(seed)
        self.disk = disk(self.world)
        self.network = SimulatedNetwork(self.world, FINE)
        self.leader = leader(self.world, self.disk, self.network)
        self.ledger = ledger(self.world, self.disk, self.leader)
        self.replica = replica(self.world, self.disk, self.leader, self.ledger)
        self.traders: list[Trader] = []
        self._line = line

    def run(self) -> Report:
        """Raises `Violation`, or what a process raised that it never should."""
        self._start()
        self._list_market()
        self._trade_through_faults()
        self._heal()
        acknowledged = [told for trader in self.traders for told in trader.acknowledged]
        wanted = {trader.account: trader.placed for trader in self.traders}
        last_sequence = audit(self.disk, self.replica, self.ledger, acknowledged, wanted)
        return Report(
            self.world.seed,
            last_sequence,
            len(acknowledged),
            self.leader.starts,
            self.replica.snapshots,
            self.world.faults,
        )

    def _start(self) -> None:
        self.leader.start()
        self.replica.start()
        self.ledger.start()

    def _list_market(self) -> None:
        """Assets, accounts, money and one market, by an operator on a quiet morning."""
        commands = list(_listing())
        done: list[Group] = []

        def answered(group: Group) -> None:
            done.append(group)
            ask_next()

        def ask_next() -> None:
            if len(done) < len(commands):
                line.ask(wire.FromOutbox(1, len(done) + 1).encode(commands[len(done)]))

        line = Line(self.world, self.network, self.leader, OPERATOR, answered)
        ask_next()
        self._wait(lambda: len(done) == len(commands), SETUP_US_MAX)

    def _trade_through_faults(self) -> None:
        self.network.weather = Weather()
        first_trader_account = 3
        for number in range(TRADERS):
            trader = Trader(
                self.world,
                self.network,
                self.leader,
                self.replica,
                self.ledger,
                first_trader_account + number,
                ORDERS_EACH,
                self._line,
            )
            self.traders.append(trader)
            trader.start()
        self.world.after(self.world.between(1_000, 30_000), self._misfortune)
        self._wait(self._traded_out, TRADING_US_MAX)

    def _traded_out(self) -> bool:
        return all(trader.finished for trader in self.traders)

    def _misfortune(self) -> None:
        """One fault, and the next one later, while there is trading."""
        if self._traded_out():
            return
        world, disk = self.world, self.disk
        choices = (
            self.leader.kill,
            self.replica.kill,
            self.ledger.kill,
            self._lose_power,
            self._kill_in_disk_operation,
            lambda: setattr(disk, "sync_fails", True),
            self._fill_disk,
            disk.rot.strike_journal,
            disk.rot.strike_snapshot,
            lambda: world.set_wall_clock(world.between(-CLOCK_OFF_US_MAX, CLOCK_OFF_US_MAX)),
        )
        world.chance.choice(choices)()
        world.after(world.between(2_000, 150_000), self._misfortune)

    def _lose_power(self) -> None:
        self.world.faults["power lost"] += 1
        for process in (self.leader, self.replica, self.ledger):
            process.end()
        self.disk.lose_power()

    def _kill_in_disk_operation(self) -> None:
        self.disk.kill_at = self.world.between(1, 12)

    def _fill_disk(self) -> None:
        self.world.faults["disk full"] += 1
        self.disk.full = True
        self.world.after(self.world.between(10_000, 300_000), self._empty_disk)

    def _empty_disk(self) -> None:
        self.disk.full = False

    def _heal(self) -> None:
        """All faults end, everybody comes back, and what is under way arrives."""
        self.network.weather = FINE
        self.disk.full = False
        self.disk.sync_fails = False
        self.disk.kill_at = None
        self._lose_power()
        self._wait(self._caught_up, SETUP_US_MAX)

    def _caught_up(self) -> bool:
        native = self.leader.native
        if native is None or self.replica.reading() is None:
            return False
        return self.ledger.position == native.durable_sequence

    def _wait(self, until: Callable[[], bool], at_most_us: int) -> None:
        deadline_us = self.world.now_us + at_most_us
        while not until():
            if self.world.now_us >= deadline_us:
                raise Violation("the exchange does not come back")
            self.world.run(self.world.now_us + 5_000)


def _listing() -> Iterator[bytes]:
    yield wire.CreateAsset("CRT", 3).encode()
    yield wire.CreateAsset("USDC", 6).encode()
    yield wire.OpenAccount(NO_OWNER, wire.AccountKind.SYSTEM).encode()
    yield wire.OpenAccount(external_owner(1), wire.AccountKind.EXTERNAL).encode()
    for number in range(1, TRADERS + 1):
        yield wire.OpenAccount(number.to_bytes(16), wire.AccountKind.MAIN).encode()
    yield wire.CreateMarket(
        base=1,
        quote=2,
        tick_size=1,
        lot_size=1,
        min_notional=0,
        max_quantity=1 << 40,
        maker_fee_ppm=1_000,
        taker_fee_ppm=2_000,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=1,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=2,
        status=0,
    ).encode()
    yield risk_limits().encode()
    for account in range(3, 3 + TRADERS):
        legs = b"".join(wire.TransferLeg(2, account, asset, 1, 0, 10**9, 0).encode() for asset in (1, 2))
        yield wire.Transfer(bytes(16), 2).encode(legs)


def risk_limits() -> wire.SetRiskLimits:
    """Tells of much and refuses nothing."""
    return wire.SetRiskLimits(
        market=1,
        tier=0,
        max_quantity=0,
        max_notional=0,
        max_notional_per_minute=(1 << 126) - 1,
        flag_notional_per_minute=1,
        max_open_orders=0,
        flag_cancels=2,
        flag_cancels_per_fill=1,
        flag_far_orders=1,
        flag_far_ppm=1,
        flag_self_trades=1,
    )
