"""Orders as the API shows them, out of whatever the engine or PostgreSQL knows of them."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.domain.enumerations import OrderType, TriggerPhase
from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE, FLAG_TRAILING_PPM
from cse.domain.money import format_units
from cse.domain.orders import PERCENT_DECIMALS
from cse.engine import wire
from cse.engine.models import ClosedOrder, OpenOrder, OpenState
from cse.runtime.http.times import format_time
from cse.trading.models import Order
from cse.trading.views.texts import MarketTexts
from cse.trading.views.words import PHASES, PREVENTIONS, REASONS, SIDES, STATUSES, TIMES_IN_FORCE, TYPES

_PLAIN_TYPES: Final = frozenset({OrderType.LIMIT, OrderType.MARKET})


class OrderRecord(NamedTuple):
    """What there is to know of an order. `reason` is a `CloseReason`, or 0 while it is open; `phase`
    is a `TriggerPhase`, or 0 of an order that is no trigger order or is one no longer. All up to the
    sequence `revision` is in it; whoever makes a record of events says so where it is shown."""

    order_id: int
    account: int
    side: int
    order_type: int
    time_in_force: int
    self_trade_prevention: int
    flags: int
    price: int
    quantity: int
    quote_amount: int
    display_quantity: int
    filled_quantity: int
    filled_notional: int
    remaining_quantity: int
    fee: int
    expires_at_us: int
    reason: int
    client_order_id: str
    created_at_us: int
    updated_at_us: int
    stop_price: int = 0
    trailing_delta: int = 0
    phase: int = 0
    list_id: int = 0
    triggered_at_us: int = 0
    revision: int = 0


def of_open(order: OpenOrder, sequence: int) -> OrderRecord:
    """An open order as it was read at a sequence.

    The engine keeps no time of its last fill, so the time shown is the first. What was a trigger order is a
    limit order once it rests.
    """
    state, past = order
    record = _of_waiting(state) if isinstance(state, wire.TriggerState) else _of_resting(state)
    record = record._replace(revision=sequence)
    if past.list_id or past.triggered_at_us:
        return record._replace(list_id=past.list_id, triggered_at_us=past.triggered_at_us)
    return record


def _of_resting(state: wire.OrderState) -> OrderRecord:
    return _of_state(state, OrderType.LIMIT)._replace(
        filled_quantity=state.filled_quantity,
        filled_notional=state.maker_notional + state.taker_notional,
        remaining_quantity=state.quantity - state.filled_quantity,
        fee=state.fee,
    )


def _of_waiting(state: wire.TriggerState) -> OrderRecord:
    return _of_state(state, state.order_type)._replace(
        quote_amount=state.quote_amount,
        stop_price=state.stop_price,
        trailing_delta=state.trailing_delta,
        phase=state.phase,
    )


def _of_state(state: OpenState, order_type: int) -> OrderRecord:
    """What a resting order and one that waits have in common; nothing of it is filled yet."""
    return OrderRecord(
        order_id=state.order_id,
        account=state.account,
        side=state.side,
        order_type=order_type,
        time_in_force=state.time_in_force,
        self_trade_prevention=state.self_trade_prevention,
        flags=state.flags,
        price=state.price,
        quantity=state.quantity,
        quote_amount=0,
        display_quantity=state.display_quantity,
        filled_quantity=0,
        filled_notional=0,
        remaining_quantity=state.quantity,
        fee=0,
        expires_at_us=state.expires_at_us,
        reason=0,
        client_order_id=state.client_order_id,
        created_at_us=state.accepted_at_us,
        updated_at_us=state.accepted_at_us,
    )


def of_accepted(
    accepted: wire.OrderAccepted,
    accepted_at_us: int,
    trades: list[wire.Traded],
    closed: wire.OrderClosed | None,
) -> OrderRecord:
    """An order as it was taken in, with what it traded, and that it closed if it did."""
    filled = notional = fee = 0
    for traded in trades:
        filled += traded.quantity
        notional += traded.notional
        fee += traded.taker_fee
    return OrderRecord(
        order_id=accepted.order_id,
        account=accepted.account,
        side=accepted.side,
        order_type=accepted.order_type,
        time_in_force=accepted.time_in_force,
        self_trade_prevention=accepted.self_trade_prevention,
        flags=accepted.flags,
        price=accepted.price,
        quantity=accepted.quantity,
        quote_amount=accepted.quote_amount,
        display_quantity=accepted.display_quantity,
        filled_quantity=filled,
        filled_notional=notional,
        remaining_quantity=accepted.quantity - filled if accepted.quantity else 0,
        fee=fee,
        expires_at_us=accepted.expires_at_us,
        reason=0 if closed is None else closed.reason,
        client_order_id=accepted.client_order_id,
        created_at_us=accepted_at_us,
        updated_at_us=accepted_at_us,
        stop_price=accepted.stop_price,
        trailing_delta=accepted.trailing_delta,
        phase=first_phase(accepted) if closed is None else 0,
    )


def first_phase(accepted: wire.OrderAccepted) -> int:
    """What an order is once it was taken in: it waits, or is an exit whose quantity is not known yet."""
    if not accepted.quantity and not accepted.quote_amount:
        return TriggerPhase.ATTACHED
    return 0 if accepted.order_type in _PLAIN_TYPES else TriggerPhase.WAITING


def of_closed(order: ClosedOrder) -> OrderRecord:
    """A closed order, which nothing changes any more."""
    closed, past = order.closed, order.past
    record = of_accepted(order.accepted, order.accepted_at_us, [], closed)
    return record._replace(
        price=closed.price,
        # It was amended, or prevention of self-trades took something away.
        quantity=0 if record.quote_amount else closed.filled_quantity + closed.remaining_quantity,
        filled_quantity=closed.filled_quantity,
        filled_notional=closed.filled_notional,
        remaining_quantity=closed.remaining_quantity,
        fee=closed.fee,
        updated_at_us=order.closed_at_us,
        stop_price=past.stop_price or record.stop_price,
        display_quantity=past.display_quantity or record.display_quantity,
        list_id=past.list_id,
        triggered_at_us=past.triggered_at_us,
        revision=order.closed_sequence,
    )


def order_view(record: OrderRecord, texts: MarketTexts) -> Order:
    """The order in the market's decimals."""
    by_quantity = record.quantity != 0
    filled = record.filled_quantity
    average = None
    if filled:
        average = texts.market.format_average_price(record.filled_notional, filled)
    created_at = updated_at = format_time(record.created_at_us)
    if record.updated_at_us != record.created_at_us:
        updated_at = format_time(record.updated_at_us)
    # By position, in the order of the fields: every placement comes through here.
    return Order(
        str(record.order_id),
        record.client_order_id or None,
        str(record.list_id) if record.list_id else None,
        str(record.account),
        texts.name,
        SIDES[record.side],
        TYPES[record.order_type],
        TIMES_IN_FORCE[record.time_in_force],
        bool(record.flags & FLAG_POST_ONLY),
        bool(record.flags & FLAG_REPRICE),
        PREVENTIONS[record.self_trade_prevention],
        format_time(record.expires_at_us) if record.expires_at_us else None,
        STATUSES[record.reason],
        REASONS.get(record.reason),
        PHASES.get(record.phase),
        format_time(record.triggered_at_us) if record.triggered_at_us else None,
        texts.price_text(record.price) if record.price else None,
        texts.quantity_text(record.quantity) if by_quantity else None,
        texts.quote_text(record.quote_amount) if record.quote_amount else None,
        texts.quantity_text(record.display_quantity) if record.display_quantity else None,
        texts.price_text(record.stop_price) if record.stop_price else None,
        *_trailing_texts(record.trailing_delta, record.flags, texts),
        texts.quantity_text(filled),
        texts.quote_text(record.filled_notional),
        average,
        texts.quantity_text(record.remaining_quantity) if by_quantity else None,
        texts.quote_text(record.fee),
        texts.quote_symbol,
        created_at,
        updated_at,
        str(record.revision),
    )


def _trailing_texts(delta: int, flags: int, texts: MarketTexts) -> tuple[str | None, str | None]:
    """How far a trailing stop follows, as a difference of prices or in percent."""
    if not delta:
        return None, None
    if flags & FLAG_TRAILING_PPM:
        return None, format_units(delta, PERCENT_DECIMALS)
    return texts.price_text(delta), None


def trigger_terms(accepted: wire.OrderAccepted, texts: MarketTexts) -> str:
    """The fields of a trigger order in JSON; most orders have none."""
    if accepted.order_type in _PLAIN_TYPES:
        return _NO_TRIGGER_TERMS
    stop = texts.price_text(accepted.stop_price) if accepted.stop_price else None
    trailing = _trailing_texts(accepted.trailing_delta, accepted.flags, texts)
    shown = ("null" if text is None else f'"{text}"' for text in (stop, *trailing))
    return '"stop_price":{},"trailing_delta":{},"trailing_percent":{}'.format(*shown)


_NO_TRIGGER_TERMS: Final = '"stop_price":null,"trailing_delta":null,"trailing_percent":null'
