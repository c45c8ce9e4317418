"""Which rows come of which events, whether an order was opened by the same batch or before it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from cse.engine import wire
from cse.ledger.batch import Batch
from cse.ledger.models import EntryReason, LedgerFailed, MarketTerms, Position
from cse.ledger.projection import Projection
from cse.ledger.tables import CLOSED_ORDERS, ENTRIES, Table

TIME_US = 1_700_000_000_000_000
BASE, QUOTE, MARKET = 2, 1, 1
MAKER, TAKER, HOUSE, CREATOR = 4, 5, 6, 7


def accepted(order_id: int, account: int = MAKER, quantity: int = 10) -> bytes:
    return wire.OrderAccepted(
        order_id, account, MARKET, 1, 1, 1, 1, 0, 100, quantity, 0, 0, 0, 0, 0, 0, 0, "mine"
    ).encode()


def closed(order_id: int, filled: int, remaining: int, notional: int = 0, fee: int = 0) -> bytes:
    return wire.OrderClosed(order_id, MAKER, MARKET, 2, 1, 100, remaining, filled, notional, fee).encode()


def traded(quantity: int, creator_fee: int = 0) -> bytes:
    """Order 1 of the maker meets order 2 of the taker, who buys; fees of 3 and 5."""
    notional = 100 * quantity
    orders = (1, 2, MAKER, TAKER)
    return wire.Traded(
        9, MARKET, wire.Side.BUY, 0, 100, quantity, notional, *orders, 3, 5, creator_fee, HOUSE, CREATOR, 0, 0
    ).encode()


class Ledger:
    """A projection that is told of one command after another."""

    def __init__(self) -> None:
        self.projection = Projection(Position(0, 0, 0), {MARKET: MarketTerms(BASE, QUOTE, lot_size=1_000)})

    def batch(self, *commands: bytes) -> Batch:
        """The rows of some commands, each given by its events."""
        batch = self.projection.begin()
        for events in commands:
            sequence = self.projection.position.sequence + 1
            self.projection.add(batch, wire.Group(sequence, TIME_US + sequence, 0).encode(events))
        return batch


def rows(lines: list[str], table: Table) -> list[dict[str, str]]:
    fields = (line.split("\t") for text in lines for line in text.splitlines())
    return [dict(zip(table.columns, one, strict=True)) for one in fields]


def sums(batch: Batch) -> Counter[tuple[int, int]]:
    """What each account has got of each asset."""
    found: Counter[tuple[int, int]] = Counter()
    for row in rows(batch.entries, ENTRIES):
        found[int(row["account"]), int(row["asset"])] += int(row["amount"])
    return found


def test_an_order_that_comes_and_closes_in_one_batch_is_one_row() -> None:
    batch = Ledger().batch(accepted(1), accepted(2, TAKER) + traded(4), closed(1, 4, 6, 400, 3))
    (row,) = rows(batch.closed, CLOSED_ORDERS)
    shown = (
        "order_id",
        "client_order_id",
        "quantity",
        "filled_quantity",
        "fee",
        "accepted_sequence",
        "sequence",
    )
    assert [row[name] for name in shown] == ["1", "mine", "10", "4", "3", "1", "3"]
    assert (list(batch.opened), batch.filled, batch.closings) == ([2], {}, [])
    rest = batch.opened[2]
    assert (rest.filled_quantity, rest.filled_notional, rest.fee, rest.sequence) == (4, 400, 5, 2)


@pytest.mark.parametrize("is_last", [False, True])
def test_what_a_short_event_leaves_out_is_not_read_from_the_next_one(is_last: bool) -> None:
    """Behind it stands one that is full of other numbers, or nothing."""
    plain = wire.OrderAccepted(1, MAKER, MARKET, 1, 1, 1, 1, 0, 100, 10, 0, 0, 0, 0, 0, 0, 0, "").encode()
    unfilled = closed(1, 0, 10)
    assert (len(plain), len(unfilled)) == (wire.OrderAccepted.SHORT_WIDTH, wire.OrderClosed.SHORT_WIDTH)
    behind = b"" if is_last else traded(4)
    ledger = Ledger()
    opened = ledger.batch(accepted(2, TAKER) + plain + behind).opened[1]
    head = dict(zip(CLOSED_ORDERS.columns, opened.head.split("\t"), strict=False))
    left_out = ("quote_amount", "stop_price", "trailing_delta", "display_quantity", "expires_at_us")
    assert [head[name] for name in (*left_out, "client_order_id")] == ["0"] * 5 + [""]
    (closing,) = ledger.batch(unfilled + behind).closings
    assert closing[:5] == (1, 0, 0, 0, 10)


def test_what_happens_to_an_order_of_before_is_told_apart() -> None:
    ledger = Ledger()
    ledger.batch(accepted(1), accepted(2, TAKER))
    batch = ledger.batch(traded(4), traded(1))
    assert batch.opened == {}
    filled = batch.filled[1]
    assert (filled.quantity, filled.notional, filled.fee, filled.sequence) == (5, 500, 6, 4)
    batch = ledger.batch(traded(1), closed(1, 6, 4, 600, 9))
    assert list(batch.filled) == [2]
    assert [closing[:7] for closing in batch.closings] == [(1, 6, 600, 9, 4, 2, 6)]


def test_the_entries_of_a_trade_take_from_one_what_they_give_to_another() -> None:
    batch = Ledger().batch(accepted(1), accepted(2, TAKER), traded(4, creator_fee=2))
    found = sums(batch)
    assert found == {
        (TAKER, BASE): 4_000,
        (MAKER, BASE): -4_000,
        (TAKER, QUOTE): -400 - 5,
        (MAKER, QUOTE): 400 - 3,
        (HOUSE, QUOTE): 3 + 5 - 2,
        (CREATOR, QUOTE): 2,
    }
    assert sum(amount for (_, asset), amount in found.items() if asset == QUOTE) == 0
    entries = rows(batch.entries, ENTRIES)
    assert [int(entry["entry"]) for entry in entries] == list(range(1, len(entries) + 1))
    assert int(entries[-1]["reason"]) == EntryReason.CREATOR_SHARE


@pytest.mark.parametrize("before", [False, True])
def test_an_amended_order_is_for_what_it_has_filled_and_what_remains(before: bool) -> None:
    ledger = Ledger()
    opening = (accepted(1), accepted(2, TAKER))
    if before:
        ledger.batch(*opening)
    amended = wire.OrderAmended(1, MAKER, MARKET, 101, 9, 2, 0, 5, 0).encode()
    decremented = wire.SelfTradePrevented(1, 2, MAKER, MAKER, MARKET, 1, 4, 100, 1, 4, 8).encode()
    batch = ledger.batch(*(() if before else opening), traded(4), amended, decremented)
    if before:
        assert batch.amended == {1: (8, 101, 2, 0), 2: (12, 0, 0, 0)}
        return
    fields = {order_id: rest.head.split("\t") for order_id, rest in batch.opened.items()}
    assert [fields[1][at] for at in (8, 9, 15)] == ["101", "8", "2"]
    assert fields[2][9] == "12"


def test_a_list_and_what_fires_it() -> None:
    ledger = Ledger()
    linked = wire.OrdersLinked(1, MAKER, MARKET, 1, 2, 0).encode()
    fired = wire.OrderTriggered(2, MAKER, MARKET, 95, 90).encode()
    batch = ledger.batch(accepted(1) + accepted(2) + linked, fired)
    assert [rest.head.split("\t")[17] for rest in batch.opened.values()] == ["1", "1"]
    assert batch.opened[2].head.split("\t")[18] == str(TIME_US + 2)
    assert ledger.batch(fired).triggered == {2: (95, TIME_US + 3)}


def test_money_that_is_held_has_no_entries_until_it_is_settled() -> None:
    ledger = Ledger()
    terms: dict[str, Any] = {"transfer": 3, "reference": bytes(16), "leg_count": 1}
    leg = wire.TransferLeg(MAKER, TAKER, QUOTE, 1, 0, 70, 0)
    held = ledger.batch(wire.TransferHeld(**terms).encode(leg.encode()))
    assert (held.entries, len(held.registry)) == ([], 2)
    settled = ledger.batch(wire.TransferSettled(**terms).encode(leg.encode()))
    assert sums(settled) == {(MAKER, QUOTE): -70, (TAKER, QUOTE): 70}
    assert len(settled.transfers) == 1


def test_the_outcome_of_an_outbox_row_is_its_refusal() -> None:
    taken = wire.OutboxTaken(1, 5, 77).encode()
    refused = wire.CommandRejected(0x0110, 408, MAKER, 0).encode()
    batch = Ledger().batch(taken + refused, taken, refused)
    assert [(outcome.number, outcome.sequence, outcome.code) for outcome in batch.outcomes] == [
        (5, 1, 408),
        (5, 2, 0),
    ]


def test_groups_that_do_not_go_on_where_the_last_one_ended_are_refused() -> None:
    projection = Ledger().projection
    with pytest.raises(LedgerFailed, match="group 2 follows group 0"):
        projection.add(projection.begin(), wire.Group(2, TIME_US, 0).encode(accepted(1)))
    with pytest.raises(LedgerFailed, match="epoch"):
        projection.add(
            projection.begin(), wire.Group(1, TIME_US, 0).encode(wire.EpochStarted(9, 8, 0).encode())
        )
