"""Carrying out the orders that have fired, one after another (5.10, 5.11)."""

from cse.domain.limits import TRADES_MAX, TRIGGERS_MAX
from cse.engine.wire import CloseReason, MarketStatus, OrderActivated, OrderTriggered
from tests.reference.closing import close, close_other, release
from tests.reference.fees import hold_by_terms
from tests.reference.matching import match
from tests.reference.state import Market, Order, Phase, State
from tests.reference.triggers import begin_to_trail, fire, meets, wait
from tests.reference.turn import Turn


def carry_out_fired(turn: Turn) -> None:
    """Carries out the queues as far as one command may."""
    while turn.carried_out < TRIGGERS_MAX and turn.meetings_of_carried_out < TRADES_MAX:
        market = first_with_a_queue(turn.state)
        if market is None:
            return
        turn.carried_out += 1
        meetings_before = turn.meetings
        carry_out_first(turn, market)
        turn.meetings_of_carried_out += turn.meetings - meetings_before


def first_with_a_queue(state: State) -> Market | None:
    for _, market in sorted(state.markets.items()):
        if market.status == MarketStatus.OPEN and market.fired:
            return market
    return None


def carry_out_first(turn: Turn, market: Market) -> None:
    first, *others = market.fired[0]
    if first.is_due(turn.time_us):
        close(turn, first, CloseReason.EXPIRED)
        return
    market.fired.pop(0)
    if others:
        activate(turn, market, first, others[0])
    else:
        trigger(turn, market, first)


def trigger(turn: Turn, market: Market, order: Order) -> None:
    """The order comes to the market; one that it was linked with closes, and it holds all it needs."""
    order.phase = Phase.BOOK
    triggered = OrderTriggered(
        order_id=order.id,
        account=order.account,
        market=order.market,
        stop_price=order.stop_price,
        last_price=market.last_price,
    )
    turn.events.append(triggered.encode())
    close_other(turn, order)
    release(turn, order, order.held - hold_by_terms(order, market))
    match(turn, market, order)


def activate(turn: Turn, market: Market, limit: Order, stop: Order) -> None:
    """A bracket's exits begin: the stop waits, and the take-profit comes to the market."""
    limit.phase = Phase.BOOK
    begin_to_trail(market, stop)
    wait(market, stop)
    for each, stop_price in ((limit, 0), (stop, stop.stop_price)):
        activated = OrderActivated(
            order_id=each.id,
            account=each.account,
            market=each.market,
            quantity=each.quantity,
            stop_price=stop_price,
        )
        turn.events.append(activated.encode())
    if meets(stop, market.last_price):
        fire(market, stop)
    match(turn, market, limit)
