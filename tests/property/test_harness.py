"""The comparison itself: it finds what is planted, and makes the finding short."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from cse.domain import codes
from cse.engine import wire
from tests.property import recorded, tables
from tests.property.comparison import replay, run_stream
from tests.property.heard import heard
from tests.property.reached import reached
from tests.property.search import Budget, Search, search
from tests.property.seeds import COMMANDS_PER_STREAM, Outcome, outcome
from tests.property.shrinking import shrink, simplify
from tests.property.simpler import simpler
from tests.property.streams import Step, Stream
from tests.property.told import Told
from tests.reference import (
    auction_price,
    auctions,
    closing,
    exchange,
    fees,
    matching,
    placing,
    rates,
    timers,
    transfers,
    triggers,
)
from tests.reference.book import HalfBook
from tests.reference.exchange import ReferenceExchange
from tests.reference.state import TRIGGERS, Account, Balance, Market, Order, Rates


def stream(seed: int, count: int) -> list[Step]:
    reference = ReferenceExchange()
    steps = []
    for sequence, (time_us, command) in enumerate(Stream(seed).steps(reference, count), start=1):
        reference.apply(sequence, time_us, command)
        steps.append((time_us, command))
    return steps


def test_a_seed_gives_the_same_stream_every_time() -> None:
    assert stream(7, 400) == stream(7, 400)
    assert stream(7, 400) != stream(8, 400)


join, leave = HalfBook.join, HalfBook.leave


def last_comes_first(half: HalfBook, order: Order) -> None:
    join(half, order)
    level = half.levels[order.price]
    level.insert(0, level.pop())


def stays(half: HalfBook, order: Order) -> None:
    leave(half, order)
    half.levels[0] = []


class FaultyExchange(ReferenceExchange):
    """A reference in which one rule is another one, while it carries out a command."""

    def __init__(self, target: Any, name: str, rule: Any) -> None:
        super().__init__()
        self.fault = (target, name, rule)

    def apply(self, sequence: int, time_us: int, command: bytes) -> bytes:
        with patch.object(*self.fault):
            return super().apply(sequence, time_us, command)


def rounded_down(rate_ppm: int, notional: int) -> int:
    return rate_ppm * notional // 1_000_000


def any_order_is_fair(state: Any, order: Order, other: Order) -> bool:
    return False


def generous_rebate(order: Order, notional: int, taker_fee: int) -> int:
    paid = fees.fee(order.maker_fee_ppm, order.maker_notional)
    return fees.fee(order.maker_fee_ppm, order.maker_notional + notional) - paid


def endless_promotion(market: Market, account: Account, now_us: int) -> Rates:
    return rates.rates_of_order(market, account, market.promotion.ends_at_us - 1)


def earlier_tier(market: Market, account: Account, now_us: int) -> Rates:
    return rates.rates_of_order(market, replace(account, tier=max(0, account.tier - 1)), now_us)


def pays_at_once(leg: wire.TransferLeg, debit: Balance, credit: Balance) -> None:
    transfers.pay(leg, debit, credit)
    debit.locked += leg.amount
    credit.locked -= leg.amount


def highest_price(market: Market, now_us: int) -> int | None:
    found = auction_price.stretches(market, now_us)
    return found[-1].high if found else None


def goes_on(market: Market, before: Any, price: int, now_us: int) -> Any:
    return before


def no_band(side: int, price: int, outermost: int | None) -> bool:
    return False


def one_lot(half: HalfBook, price: int) -> int:
    return 1


meets, trailed, fire = triggers.meets, triggers.trailed, triggers.fire


def beyond(order: Order, price: int) -> bool:
    return meets(order, price) and order.stop_price != price


def too_near(order: Order, price: int) -> int:
    return trailed(order, price) + (1 if order.side == wire.Side.SELL else -1)


def nearest_first(market: Market, price: int) -> None:
    market.last_price = price
    for order in sorted(market.waiting.values(), key=lambda order: abs(order.stop_price - price)):
        if meets(order, price):
            fire(market, order)
    for order in market.waiting.values():
        if order.trailing_delta:
            triggers.move(order, price)


def nothing(*_: Any) -> int:
    return 0


def never(*_: Any) -> bool:
    return False


FAULTS = [
    ("a fee is rounded down", fees, "fee", rounded_down),
    ("nobody minds trading with himself", matching, "is_own", any_order_is_fair),
    ("a rebate is not cut", matching, "maker_fee_of_fill", generous_rebate),
    ("the last comes first", HalfBook, "join", last_comes_first),
    ("a level displays one lot always", HalfBook, "displayed", one_lot),
    ("a stop fires beyond its price only", triggers, "meets", beyond),
    ("a stop trails too near", triggers, "trailed", too_near),
    ("the nearest stop fires first", matching, "traded_at", nearest_first),
    ("a promotion never ends", placing, "rates_of_order", endless_promotion),
    ("a tier pays as the one below", placing, "rates_of_order", earlier_tier),
    ("a hold brings its money at once", transfers, "lock", pays_at_once),
    ("no timer fires", timers, "fire_timers", nothing),
    ("an auction trades at the highest price", auctions, "price_of_auction", highest_price),
    ("no market is interrupted", matching, "reference_after", goes_on),
    ("matching goes beyond the band", matching, "is_outside", no_band),
    ("no auction ends by itself", auctions, "end_auctions", nothing),
]


RARE = {
    "nobody minds trading with himself",
    "a rebate is not cut",
    "the nearest stop fires first",
    "an auction trades at the highest price",
    "no market is interrupted",
}
"""Faults that take many streams to show. In the core itself `tests/mutants` plants all of these too."""


@pytest.mark.parametrize(
    ("target", "name", "rule"),
    [
        pytest.param(*rest, id=title, marks=[pytest.mark.long] if title in RARE else [])
        for title, *rest in FAULTS
    ],
)
def test_a_planted_fault_is_found_and_made_plain(target: Any, name: str, rule: Any) -> None:
    for seed in range(18, 40):
        found = outcome(seed, lambda: FaultyExchange(target, name, rule), 800)
        if found.report is not None:
            break
    assert found.report is not None
    heading, rest = found.report.split("\n", maxsplit=1)
    assert f"CSE_SEED={seed}" in heading
    steps = tables.rows_of(rest[: rest.index("\n]") + 2])
    assert 0 < len(steps) < 30
    assert replay(steps, lambda: FaultyExchange(target, name, rule)) is not None
    assert replay(steps, ReferenceExchange) is None


FAULTS_OF_BOTH = [
    ("an auction trades at the highest price", auctions, "price_of_auction", highest_price, "indicates"),
    ("an open market is crossed", auctions, "is_crossed", never, "is crossed"),
    ("the last comes first", HalfBook, "join", last_comes_first, "the queue"),
    ("fees go nowhere", matching, "share_fees", nothing, "sums per asset are not zero"),
    ("no price crosses", Order, "crosses", never, "is crossed"),
    ("a hold is not released", closing, "release", nothing, "is not what its orders and transfers hold"),
    ("an empty level stays", HalfBook, "leave", stays, "is empty"),
    ("who is linked stays", matching, "close_other", nothing, "linked orders have traded"),
    ("nobody carries out what fired", exchange, "carry_out_fired", nothing, "was left standing"),
]


@pytest.mark.parametrize(
    ("target", "name", "rule", "broken"),
    [fault[1:] for fault in FAULTS_OF_BOTH],
    ids=[fault[0] for fault in FAULTS_OF_BOTH],
)
def test_a_fault_that_both_cores_share_breaks_an_invariant(
    target: Any, name: str, rule: Any, broken: str
) -> None:
    with patch.object(target, name, rule):
        assert any(broken in complaint(seed) for seed in range(20))


def complaint(seed: int) -> str:
    """What is wrong with a reference that is held against itself; a fault may lead to worse, too."""
    try:
        run = run_stream(seed, 800, ReferenceExchange)
    except IndexError as error:
        return str(error)
    return "" if run.difference is None else run.difference.explanation


def test_a_core_that_raises_is_a_finding() -> None:
    class Raising(ReferenceExchange):
        def apply(self, sequence: int, time_us: int, command: bytes) -> bytes:
            if sequence == 5:
                raise OverflowError("attempt to multiply")
            return super().apply(sequence, time_us, command)

    run = run_stream(1, 50, Raising)
    assert run.difference is not None
    assert run.difference.index == 4
    assert "attempt to multiply" in str(run.difference)


def test_a_table_reads_back_as_its_steps() -> None:
    steps = stream(3, 400)
    found = tables.rows_of(tables.table(steps))
    assert found == steps
    assert replay(found, ReferenceExchange) is None


def test_a_row_names_what_is_not_empty() -> None:
    leg = tables.message(wire.TransferLeg, debit=1, credit=2, asset=1, amount=5)
    command = wire.Transfer(bytes(16), 1).encode(leg)
    assert tables.row(7, command) == (
        "step(7, wire.Transfer, leg_count=1,"
        " tail=message(wire.TransferLeg, debit=1, credit=2, asset=1, amount=5))"
    )
    assert tables.row(0, b"\1\2") == 'raw(0, "0102")'


def test_shrinking_keeps_only_what_is_needed() -> None:
    def fails(items: list[int]) -> bool:
        return 17 in items and 80 in items and items.index(17) < items.index(80)

    assert shrink(range(100), fails) == [17, 80]


def test_simplifying_ends_where_nothing_simpler_fails() -> None:
    def fails(steps: list[Step]) -> bool:
        order = wire.PlaceOrder.decode(steps[0][1])
        return order.price >= 10 and order.quantity > order.price and steps[0][0] > 6

    order = tables.message(
        wire.PlaceOrder, account=9, side=2, price=1_000, quantity=1 << 40, client_order_id="x"
    )
    assert simplify([(99, order)], fails, simpler) == [tables.step(7, wire.PlaceOrder, price=10, quantity=11)]


def test_depth_that_was_told_wrongly_is_noticed() -> None:
    reference, told = ReferenceExchange(), Told()
    for sequence, step in enumerate(Stream(7).steps(reference, 400), start=1):
        group = reference.apply(sequence, *step)
        told.hear(heard(group))
    told.check(reference.state)
    level, lots = next(iter(told.depth.items()))
    told.depth[level] = lots + 1
    with pytest.raises(AssertionError, match="depth"):
        told.check(reference.state)
    last = told.book_sequences[1]
    skipping = wire.DepthChanged(1, 1, last + 2, 5, 5).encode()
    with pytest.raises(AssertionError, match=f"not number {last + 1}"):
        told.hear(heard(wire.Group(1, 1, 1).encode(skipping)))


def test_a_search_goes_on_until_its_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.property.search.STREAMS_A_ROUND", 1)
    found = search(Budget(commands=COMMANDS_PER_STREAM + 1), first_seed=11)
    assert (found.streams, found.commands) == (2, 2 * COMMANDS_PER_STREAM)
    assert found.last_seed == 12
    assert str(found).endswith("all agree")
    assert search(Budget(seconds=0.0), first_seed=11).commands == 0


def test_searches_add_up_in_their_record(tmp_path: Path) -> None:
    file = tmp_path / "searches.json"
    for first_seed, report in ((5, None), (90, "differs")):
        found = Search(first_seed)
        found.add(Outcome(first_seed, 2_500, Counter(), None))
        found.add(Outcome(first_seed + 1, 100, Counter(), report))
        recorded.add(found, file)
    whole = json.loads(file.read_text())
    assert (whole["commands"], whole["differences"]) == (5_200, 1)
    assert not any(each["compiled"] for each in whole["searches"])
    assert [(each["first_seed"], each["last_seed"]) for each in whole["searches"]] == [(5, 6), (90, 91)]


CODES_OF_EDGES = frozenset({"faucet_limit", "nothing_to_amend"})
CODES_OF_THE_CORE = {
    code.name
    for code in codes.CODES
    if code.band in ("funds", "order", "market", "listing") and code.name not in CODES_OF_EDGES
} | {"outbox_gap", "invalid_epoch", "upgrade_mismatch", "malformed_command"}
EVENTS = {name for name, layout in vars(wire).items() if 0x0200 <= getattr(layout, "KIND", 0) < 0x0300}
PREVENTIONS_DONE = [each for each in wire.SelfTradePrevention if each != wire.SelfTradePrevention.NONE]
BEHIND_LIMITS = ("stop_limit", "take_profit_limit")
HITS_MIN = 5


@pytest.mark.slow
def test_streams_reach_every_rule() -> None:
    """Every code of the core, every event and every reason to close comes up again and again."""
    found: Counter[str] = Counter()
    largest_notional = 0
    for seed in range(20):
        reference = ReferenceExchange()
        for sequence, (time_us, command) in enumerate(Stream(seed).steps(reference, 2_000), start=1):
            group = reference.apply(sequence, time_us, command)
            found.update(reached(command, heard(group)))
            largest_notional = max(largest_notional, largest_notional_of(group))
    expected = {
        *(f"code {name}" for name in CODES_OF_THE_CORE),
        *(f"event {name}" for name in EVENTS),
        *(f"closed {reason.name.lower()}" for reason in wire.CloseReason),
        *(f"prevention {prevention.name.lower()}" for prevention in wire.SelfTradePrevention),
        *(f"prevented {prevention.name.lower()}" for prevention in PREVENTIONS_DONE),
        *(f"order limit iceberg {time_in_force} flags 0" for time_in_force in ("gtc", "gtd", "day")),
        *(f"flagged {pattern.name.lower()}" for pattern in wire.RiskPattern),
        *(f"condition {condition.name.lower()}" for condition in wire.TransferCondition),
        *(f"market {status.name.lower()}" for status in wire.MarketStatus),
        "arrived and interrupted the market",
        "traded in an auction",
        *(f"amended {place}" for place in ("in its place", "to the end")),
        *(
            f"replaced: {cancelled}, {placed}"
            for cancelled in ("cancelled", "not cancelled")
            for placed in ("OrderAccepted", "OrderRejected")
        ),
        *(f"order limit {time_in_force.name.lower()} flags 0" for time_in_force in wire.TimeInForce),
        *(f"order market {sort}ioc flags 0" for sort in ("", "bounded ", "amount ", "amount bounded ")),
        *(f"order {kind.name.lower()} {ends} flags 0" for kind in TRIGGERS for ends in ("gtc", "gtd", "day")),
        *(f"order {kind} {ends} flags 0" for kind in BEHIND_LIMITS for ends in ("ioc", "fok", "iceberg gtc")),
        *(f"order {kind} amount gtc flags 0" for kind in ("stop_loss", "take_profit", "trailing_stop")),
        "order trailing_stop gtc flags 4",
        *(f"linked {kind.name.lower()}" for kind in wire.OrderListKind),
        "several triggered",
    }
    rare = {word: found[word] for word in expected if found[word] < HITS_MIN}
    assert not rare
    assert largest_notional > 1 << 90


def largest_notional_of(group: bytes) -> int:
    tail = wire.Group.tail(group)
    trades = [wire.Traded.decode(tail, at) for kind, at, _ in wire.messages(tail) if kind == wire.Traded.KIND]
    return max((trade.notional for trade in trades), default=0)
