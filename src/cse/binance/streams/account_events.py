"""All that happens to an account, told event by event to those who have opened its stream."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from cse.binance.order_views import order_view
from cse.binance.parameters import ms
from cse.binance.streams.account_models import (
    AccountPosition,
    BalanceUpdate,
    ExecutionReport,
    HeldBalance,
    ListedOrder,
    ListStatus,
)
from cse.binance.streams.events import ENCODE
from cse.domain.assets import Asset
from cse.domain.enumerations import CloseReason
from cse.engine import wire
from cse.engine.models import OpenOrder
from cse.streams.channels.account import AccountEvent, MovedLeg
from cse.streams.channels.channel import Place, Subscriber
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.orders import OrdersChannel, orders_of
from cse.trading.views import orders
from cse.trading.views.changes import after
from cse.trading.views.orders import OrderRecord, of_accepted
from cse.trading.views.texts import MarketTexts

Told: TypeAlias = Callable[[Sequence[bytes]], None]
"""Takes payloads, in the order in which they happened."""

_NOTHING: Final = "0"
_NO_TRADE: Final = -1
_CLOSED: Final = {
    CloseReason.CANCELLED: "CANCELED",
    CloseReason.LINKED: "CANCELED",
    CloseReason.EXPIRED: "EXPIRED",
    CloseReason.KILLED: "EXPIRED",
    CloseReason.SELF_TRADE: "TRADE_PREVENTION",
}
# Where these are told, an order is named once more by what the client called it.
_NAMED_AGAIN: Final = frozenset({"CANCELED", "REPLACED"})


@dataclass(slots=True)
class _Execution:
    """Something that happened to an order; `record` is the order since, as far as the turn tells."""

    kind: str
    market: int
    record: OrderRecord
    sequence: int
    time_us: int
    traded: wire.Traded | None = None


@dataclass(slots=True)
class _List:
    """Linked orders: their market, and what is told of each of them."""

    market: int
    contingency: str
    orders: list[ListedOrder]


class AccountEvents(OrdersChannel):
    """The events of an account. Those of a turn are told at its end, each by itself, balances last."""

    def __init__(
        self,
        name: str,
        account: int,
        place: Place,
        epochs: Epochs,
        texts: Callable[[int], MarketTexts],
        asset: Callable[[int], Asset],
    ) -> None:
        """`texts` are those of a market by its id, and `asset` finds one by its id."""
        super().__init__(name, account, place, epochs, texts)
        self._asset = asset
        self._told: dict[Subscriber, Told] = {}
        self._happened: list[_Execution | ListStatus | BalanceUpdate] = []
        self._balances: dict[int, tuple[int, int]] = {}
        self._lists: dict[int, _List] = {}
        self._heard_at_us = 0

    def tell_to(self, subscriber: Subscriber, told: Told) -> None:
        """From now on this one is told."""
        self._told[subscriber] = told

    def leave(self, subscriber: Subscriber) -> bool:
        """From now on this one is told nothing."""
        self._told.pop(subscriber, None)
        return super().leave(subscriber)

    def flush(self, now_s: float) -> None:
        """Tells what happened since the last time."""
        happened, self._happened = self._happened, []
        balances, self._balances = self._balances, {}
        payloads = [ENCODE(self._report(one) if isinstance(one, _Execution) else one) for one in happened]
        if balances:
            payloads.append(ENCODE(self._position(balances)))
        for told in tuple(self._told.values()):
            told(payloads)
        self._place.deliveries += len(self._told) * len(payloads)

    def _take(self, state: list[OpenOrder]) -> None:
        super()._take(state)
        for market, record in self._open.values():
            if record.list_id:
                found = self._lists.setdefault(record.list_id, _List(market, "OCO", []))
                found.orders.append(self._listed(market, record))

    def _settle(self) -> None:
        """What happened before there was a state was told to nobody, and is in the state."""
        self._happened.clear()
        self._balances.clear()

    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        self._heard_at_us = time_us
        match event:
            case MovedLeg():
                leg = event.leg
                asset = self._asset(leg.asset)
                amount = -leg.amount if leg.debit == self.account else leg.amount
                at_ms = ms(time_us)
                self._happened.append(BalanceUpdate(at_ms, asset.symbol, asset.format(amount), at_ms))
            case wire.BalanceChanged():
                self._balances[event.asset] = event.available, event.locked
            case wire.OrderAccepted():
                record = of_accepted(event, time_us, [], None)
                self._open[event.order_id] = event.market, record
                self._happened.append(_Execution("NEW", event.market, record, sequence, time_us))
            case wire.OrdersLinked():
                self._link(event, time_us)
            case _:
                return self._change(sequence, time_us, event)
        return True

    def _change(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        """Takes what changes orders that are open; returns whether it changed any."""
        assert not isinstance(event, MovedLeg), "it moves balances"
        changed = False
        for order_id in orders_of(event):
            if order_id not in self._open:
                continue
            market, record = self._open[order_id]
            now = after(record, event, time_us)
            if now is None:
                continue
            changed = True
            self._open[order_id] = market, now
            if isinstance(event, wire.OrderClosed) and event.reason == CloseReason.FILLED:
                # The trade that closed it has been noted just before.
                self._correct(order_id, now)
            else:
                traded = event if isinstance(event, wire.Traded) else None
                self._happened.append(_Execution(_kind(event), market, now, sequence, time_us, traded))
            if now.reason:
                del self._open[order_id]
                self._end_list(now.list_id, time_us)
        return changed

    def _correct(self, order_id: int, record: OrderRecord) -> None:
        """What happened to an order last left it like this."""
        for one in reversed(self._happened):
            if isinstance(one, _Execution) and one.record.order_id == order_id:
                one.record = record
                return

    def _link(self, linked: wire.OrdersLinked, time_us: int) -> None:
        """Orders that were just taken belong together."""
        legs = [order_id for order_id in (linked.first, linked.second, linked.third) if order_id]
        listed: list[ListedOrder] = []
        for one in self._happened:
            if isinstance(one, _Execution) and one.record.order_id in legs:
                one.record = one.record._replace(list_id=linked.first)
                listed.append(self._listed(one.market, one.record))
        for order_id in legs:
            if order_id in self._open:
                market, record = self._open[order_id]
                self._open[order_id] = market, record._replace(list_id=linked.first)
        contingency = "OTO" if linked.third else "OCO"
        self._lists[linked.first] = found = _List(linked.market, contingency, listed)
        self._happened.append(self._status(linked.first, found, time_us, "EXEC_STARTED", "EXECUTING"))

    def _end_list(self, list_id: int, time_us: int) -> None:
        """One of a list has closed: the last of them ends it."""
        found = self._lists.get(list_id)
        if found is not None and not any(leg.i in self._open for leg in found.orders):
            del self._lists[list_id]
            self._happened.append(self._status(list_id, found, time_us, "ALL_DONE", "ALL_DONE"))

    def _status(self, list_id: int, found: _List, time_us: int, kind: str, status: str) -> ListStatus:
        at_ms, symbol = ms(time_us), found.orders[0].s if found.orders else ""
        return ListStatus(
            at_ms, symbol, list_id, found.contingency, kind, status, "NONE", "", at_ms, found.orders
        )

    def _listed(self, market: int, record: OrderRecord) -> ListedOrder:
        symbol = self._texts(market).name.replace("-", "")
        return ListedOrder(symbol, record.order_id, record.client_order_id)

    def _position(self, balances: dict[int, tuple[int, int]]) -> AccountPosition:
        held = []
        for asset_id, (available, locked) in balances.items():
            asset = self._asset(asset_id)
            held.append(HeldBalance(asset.symbol, asset.format(available), asset.format(locked)))
        at_ms = ms(self._heard_at_us)
        return AccountPosition(at_ms, at_ms, held)

    def _report(self, one: _Execution) -> ExecutionReport:
        texts, traded, record = self._texts(one.market), one.traded, one.record
        shown = order_view(orders.order_view(record, texts))
        is_maker = traded is not None and (traded.maker_order_id == record.order_id or bool(traded.auction))
        fee = 0
        if traded is not None:
            fee = traded.maker_fee if traded.maker_order_id == record.order_id else traded.taker_fee
        return ExecutionReport(
            E=ms(one.time_us),
            s=shown.symbol,
            c=shown.client_order_id,
            S=shown.side,
            o=shown.type,
            f=shown.time_in_force,
            q=shown.orig_qty,
            p=shown.price,
            P=shown.stop_price or _NOTHING,
            F=shown.iceberg_qty or _NOTHING,
            g=shown.order_list_id,
            C=shown.client_order_id if one.kind in _NAMED_AGAIN else "",
            x=one.kind,
            X=shown.status,
            r="NONE",
            i=shown.order_id,
            l=_NOTHING if traded is None else texts.quantity_text(traded.quantity),
            z=shown.executed_qty,
            L=_NOTHING if traded is None else texts.price_text(traded.price),
            n=texts.quote_text(fee),
            N=None if traded is None else texts.quote_symbol,
            T=ms(one.time_us),
            t=_NO_TRADE if traded is None else traded.trade_id,
            I=one.sequence,
            w=shown.is_working,
            m=is_maker,
            M=False,
            O=shown.time,
            Z=shown.cummulative_quote_qty,
            Y=_NOTHING if traded is None else texts.quote_text(traded.notional),
            Q=shown.orig_quote_order_qty,
            V=shown.self_trade_prevention_mode,
            W=shown.working_time if shown.working_time > 0 else None,
            d=shown.trailing_delta,
        )


def _kind(event: AccountEvent) -> str:
    """What happened to an order, in a word of Binance."""
    if isinstance(event, wire.Traded):
        return "TRADE"
    if isinstance(event, wire.OrderClosed):
        return _CLOSED[CloseReason(event.reason)]
    if isinstance(event, wire.OrderAmended):
        return "REPLACED"
    # A trigger order that takes its turn, or an exit that has its quantity now, comes anew.
    return "TRADE_PREVENTION" if isinstance(event, wire.SelfTradePrevented) else "NEW"
