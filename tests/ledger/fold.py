"""The plainest ledger: a fold over events into dictionaries, to hold the real one against.

It reads every event with the generated reader and shares nothing with the projection.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cse.engine import wire
from tests.postgres import Database

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Fold:
    sequence: int = 0
    time: datetime = EPOCH
    markets: dict[int, wire.MarketCreated] = field(default_factory=dict)
    frozen: dict[int, bool] = field(default_factory=dict)
    fees: dict[int, tuple[int, ...]] = field(default_factory=dict)
    status: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    limits: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    bands: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    accepted: dict[int, wire.OrderAccepted] = field(default_factory=dict)
    fills: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    closed: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    lists: dict[int, int] = field(default_factory=dict)
    triggered: dict[int, datetime] = field(default_factory=dict)
    trades: list[tuple[Any, ...]] = field(default_factory=list)
    transfers: list[tuple[Any, ...]] = field(default_factory=list)
    sums: defaultdict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    balances: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    outcomes: dict[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)
    tiers: dict[int, int] = field(default_factory=dict)
    tier_fees: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    risk: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    flags: list[tuple[Any, ...]] = field(default_factory=list)
    promotions: dict[int, tuple[int, ...]] = field(default_factory=dict)
    held: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    held_legs: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    taken: wire.OutboxTaken | None = None

    def add(self, group: bytes) -> None:
        """Adds the events of one group."""
        head = wire.Group.decode(group)
        self.sequence = head.sequence
        self.time = EPOCH + timedelta(microseconds=head.time_us)
        self.taken = None
        tail = wire.Group.tail(group)
        for _, offset, _ in wire.messages(tail):
            self._add_event(wire.decode_any(tail, offset), bytes(tail[offset:]))

    def _add_event(self, event: wire.AnyMessage, raw: bytes) -> None:
        match event:
            case wire.OrderAccepted():
                self.accepted[event.order_id] = event
            case wire.OrderClosed():
                self._close(event)
            case wire.Traded():
                self._trade(event)
            case wire.SelfTradePrevented() | wire.OrderAmended() | wire.OrderActivated():
                self._amend(event)
            case wire.OrdersLinked() | wire.OrderTriggered():
                self._note_past(event)
            case wire.BalanceChanged():
                self.balances[event.account, event.asset] = (event.available, event.locked)
            case wire.OutboxTaken():
                self.taken = event
                self._outcome(event, 0)
            case wire.CommandRejected() | wire.OrderRejected():
                if self.taken is not None:
                    self._outcome(self.taken, event.code)
            case _:
                self._add_movement(event, raw)
                self._add_listing(event)

    def _amend(self, event: wire.SelfTradePrevented | wire.OrderAmended | wire.OrderActivated) -> None:
        if isinstance(event, wire.OrderAmended):
            order = self.accepted[event.order_id]
            self.accepted[event.order_id] = order._replace(
                price=event.price,
                quantity=event.quantity,
                stop_price=event.stop_price or order.stop_price,
                display_quantity=event.display_quantity,
            )
        elif isinstance(event, wire.OrderActivated):
            order = self.accepted[event.order_id]
            self.accepted[event.order_id] = order._replace(
                quantity=event.quantity, stop_price=event.stop_price
            )
        elif event.self_trade_prevention == wire.SelfTradePrevention.DECREMENT:
            for order_id in (event.maker_order_id, event.taker_order_id):
                order = self.accepted[order_id]
                self.accepted[order_id] = order._replace(quantity=order.quantity - event.quantity)

    def _note_past(self, event: wire.OrdersLinked | wire.OrderTriggered) -> None:
        if isinstance(event, wire.OrdersLinked):
            self.lists |= dict.fromkeys((event.first, event.second, event.third), event.first)
            return
        order = self.accepted[event.order_id]
        self.accepted[event.order_id] = order._replace(stop_price=event.stop_price)
        self.triggered[event.order_id] = self.time

    def _add_movement(self, event: wire.AnyMessage, raw: bytes) -> None:
        match event:
            case wire.TransferMade():
                self._transfer(event, bytes(wire.TransferMade.tail(raw)))
            case wire.TransferHeld():
                self._hold(event, bytes(wire.TransferHeld.tail(raw)))
            case wire.TransferSettled():
                self.held[event.transfer] = (*self.held[event.transfer][:4], True, self.sequence)
                self._transfer(event, bytes(wire.TransferSettled.tail(raw)))
            case wire.TransferVoided():
                self.held[event.transfer] = (*self.held[event.transfer][:4], False, self.sequence)
            case _:
                pass

    def _add_listing(self, event: wire.AnyMessage) -> None:
        match event:
            case wire.MarketCreated():
                self.markets[event.market] = event
                self.status[event.market] = (event.status, 0)
                fields = ("maker_fee_ppm", "taker_fee_ppm", "creator_share_ppm", "creator_account")
                self.fees[event.market] = tuple(getattr(event, field) for field in fields)
                least, most = (event.min_notional, 0), (0, event.max_quantity)
                self.limits[event.market] = (event.max_open_orders, *least, *most, 1, 1)
                self.bands[event.market] = (event.price_band_ppm, 0, 0, 0, 0)
            case wire.MarketFeesChanged(tier=0):
                self.fees[event.market] = event[1:5]
            case wire.MarketFeesChanged():
                self.tier_fees[event.market, event.tier] = (event.maker_fee_ppm, event.taker_fee_ppm)
            case wire.MarketPromotionChanged():
                self.promotions[event.market] = event[1:]
            case wire.MarketStatusChanged():
                self.status[event.market] = event[1:]
            case wire.MarketLimitsChanged():
                self.limits[event.market] = event[1:]
            case wire.MarketBandChanged():
                self.bands[event.market] = event[1:]
            case wire.RiskLimitsChanged():
                self.risk.pop((event.market, event.tier), None)
                if any(event[2:]):
                    self.risk[event.market, event.tier] = event[2:]
            case _:
                self._add_account(event)

    def _add_account(self, event: wire.AnyMessage) -> None:
        match event:
            case wire.AccountOpened():
                self.frozen[event.account] = False
            case wire.AccountFrozen() | wire.AccountUnfrozen():
                self.frozen[event.account] = isinstance(event, wire.AccountFrozen)
            case wire.AccountTierChanged():
                self.tiers[event.account] = event.tier
            case wire.AccountFlagged():
                self.flags.append((self.sequence, *event, self.time))
            case _:
                pass

    def _outcome(self, taken: wire.OutboxTaken, code: int) -> None:
        self.outcomes[taken.source, taken.number] = (self.sequence, code, taken.digest)

    def _close(self, event: wire.OrderClosed) -> None:
        assert self.fills[event.order_id] == [event.filled_quantity, event.filled_notional, event.fee]
        self.closed[event.order_id] = (
            self.sequence,
            self.time,
            event.reason,
            event.remaining_quantity,
        )

    def _trade(self, event: wire.Traded) -> None:
        # fmt: off
        self.trades.append((
            event.market, event.trade_id, event.taker_side, event.price, event.quantity, event.notional,
            event.maker_order_id, event.taker_order_id, event.maker_account, event.taker_account,
            event.maker_fee, event.taker_fee, event.creator_fee, event.fee_account,
            event.creator_account, event.maker_remaining, event.taker_remaining, self.sequence, self.time,
            event.auction,
        ))
        # fmt: on
        for order_id, fee in (
            (event.maker_order_id, event.maker_fee),
            (event.taker_order_id, event.taker_fee),
        ):
            so_far = self.fills[order_id]
            so_far[0] += event.quantity
            so_far[1] += event.notional
            so_far[2] += fee
        market = self.markets[event.market]
        buys = event.taker_side == wire.Side.BUY
        buyer = event.taker_account if buys else event.maker_account
        seller = event.maker_account if buys else event.taker_account
        self.sums[buyer, market.base] += event.quantity * market.lot_size
        self.sums[seller, market.base] -= event.quantity * market.lot_size
        self.sums[buyer, market.quote] -= event.notional
        self.sums[seller, market.quote] += event.notional
        self.sums[event.maker_account, market.quote] -= event.maker_fee
        self.sums[event.taker_account, market.quote] -= event.taker_fee
        platform = event.maker_fee + event.taker_fee - event.creator_fee
        self.sums[event.fee_account, market.quote] += platform
        self.sums[event.creator_account, market.quote] += event.creator_fee

    def _hold(self, event: wire.TransferHeld, legs: bytes) -> None:
        key = (event.transfer, event.reference.hex(), event.leg_count, self.sequence)
        self.held[event.transfer] = (*key, None, None)
        for number, (_, offset, _) in enumerate(wire.messages(legs), 1):
            leg = wire.TransferLeg.decode(legs, offset)
            self.held_legs[event.transfer, number] = (
                leg.debit,
                leg.credit,
                leg.asset,
                leg.amount,
                leg.reason,
            )

    def _transfer(self, event: wire.TransferMade | wire.TransferSettled, legs: bytes) -> None:
        self.transfers.append((event.transfer, event.reference.hex(), event.leg_count, self.sequence))
        for _, offset, _ in wire.messages(legs):
            leg = wire.TransferLeg.decode(legs, offset)
            self.sums[leg.debit, leg.asset] -= leg.amount
            self.sums[leg.credit, leg.asset] += leg.amount

    def compare(self, database: Database) -> list[str]:
        """Names the tables that hold something else."""
        expected = {
            "position": [(self.sequence, self.time)],
            "open_orders": [
                self._order(order) for order in sorted(self.accepted) if order not in self.closed
            ],
            "closed_orders": [self._order(order) + self.closed[order] for order in sorted(self.closed)],
            "trades": sorted(self.trades),
            "transfers": sorted(self.transfers),
            "held_transfers": sorted(self.held.values()),
            "held_legs": sorted((*key, *leg) for key, leg in self.held_legs.items()),
            "risk_limits": sorted((*key, *limits) for key, limits in self.risk.items()),
            "flags": sorted(self.flags),
            "fee_tiers": sorted((*key, *rates) for key, rates in self.tier_fees.items()),
            "balances": sorted((*key, *value) for key, value in self.balances.items()),
            "entries": sorted((*key, total) for key, total in self.sums.items() if total),
            "unbalanced": [],
            "accounts": [
                (account, frozen, self.tiers.get(account, 0))
                for account, frozen in sorted(self.frozen.items())
            ],
            "markets": [self._market(market) for market in sorted(self.markets)],
            "outcomes": sorted((*key, *value) for key, value in self.outcomes.items()),
        }
        return [name for name, rows in expected.items() if database.rows(FOUND[name]) != rows]

    def _market(self, market: int) -> tuple[Any, ...]:
        by_market = (self.status, self.fees, self.limits, self.bands)
        fixed = (value for values in by_market for value in values[market])
        return (market, *fixed, *self.promotions.get(market, (0, 0, 0)))

    def _order(self, order_id: int) -> tuple[Any, ...]:
        accepted = self.accepted[order_id]
        past = (
            accepted.stop_price,
            accepted.display_quantity,
            self.lists.get(order_id, 0),
            (self.triggered.get(order_id, EPOCH) - EPOCH) // timedelta(microseconds=1),
        )
        return (order_id, *accepted[1:10], accepted.client_order_id, *past, *self.fills[order_id])


_ORDER = (
    "order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, "
    "quantity, client_order_id, stop_price, display_quantity, list_id, triggered_at_us, filled_quantity, "
    "filled_notional, fee"
)
FOUND = {
    "position": "SELECT sequence, time FROM ledger.position",
    "open_orders": f"SELECT {_ORDER} FROM ledger.open_orders ORDER BY order_id",
    "closed_orders": f"SELECT {_ORDER}, sequence, closed_at, reason, remaining_quantity "
    "FROM ledger.closed_orders ORDER BY order_id",
    "trades": "SELECT * FROM ledger.trades ORDER BY market, trade_id",
    "transfers": "SELECT transfer, replace(reference::text, '-', ''), leg_count, sequence "
    "FROM ledger.transfers ORDER BY transfer",
    "balances": "SELECT account, asset, available, locked FROM ledger.balances ORDER BY 1, 2",
    "entries": "SELECT account, asset, sum(amount) FROM ledger.entries GROUP BY 1, 2 "
    "HAVING sum(amount) <> 0 ORDER BY 1, 2",
    "unbalanced": "SELECT market, reference, asset FROM ledger.entries GROUP BY 1, 2, 3 "
    "HAVING sum(amount) <> 0",
    "held_transfers": "SELECT transfer, replace(reference::text, '-', ''), leg_count, sequence, settled, "
    "ended_sequence FROM ledger.held_transfers ORDER BY transfer",
    "held_legs": "SELECT * FROM ledger.held_legs ORDER BY transfer, leg",
    "fee_tiers": "SELECT market, tier, maker_fee_ppm, taker_fee_ppm FROM ledger.fee_tiers ORDER BY 1, 2",
    "risk_limits": f"SELECT {', '.join(wire.RiskLimitsState._fields)} FROM ledger.risk_limits ORDER BY 1, 2",
    "flags": "SELECT sequence, account, market, pattern, fills, counted, bound, flagged_at FROM ledger.flags "
    "ORDER BY 1, 2, 3, 4",
    "accounts": "SELECT account, frozen, tier FROM ledger.accounts ORDER BY account",
    "markets": "SELECT market, status, auction_ends_at_us, maker_fee_ppm, taker_fee_ppm, "
    "creator_share_ppm, creator_account, max_open_orders, min_notional, max_notional, min_quantity, "
    "max_quantity, price_increment, quantity_increment, price_band_ppm, interruption_ppm, interruption_window_s, "
    "interruption_auction_s, reference_price, promotion_maker_fee_ppm, promotion_taker_fee_ppm, "
    "promotion_ends_at_us FROM ledger.markets ORDER BY market",
    "outcomes": "SELECT source, number, sequence, code, digest FROM runtime.outbox "
    "WHERE sequence IS NOT NULL ORDER BY source, number",
}
