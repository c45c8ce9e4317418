"""Taking orders in: the checks in their order (5.2), the hold (5.3), the memory of ids (5.6)."""

from dataclasses import dataclass

from cse.domain import codes
from cse.domain.limits import FLAG_POST_ONLY, PRICE_LIMIT, SUPPLY_LIMIT
from cse.engine.wire import (
    AccountKind,
    MarketStatus,
    OrderAccepted,
    OrderRejected,
    OrderRepeated,
    OrderType,
    PlaceOrder,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from tests.reference.client_ids import WIDTH, digest_of, recall, without_padding
from tests.reference.fees import fee, hold_of_limit_buy
from tests.reference.matching import match
from tests.reference.state import Account, Market, Order, Remembered, State
from tests.reference.turn import Refused, Turn
from tests.reference.walks import End, walk_by_quantity, walk_by_quote_amount


@dataclass
class Hold:
    """What an order must have, and what the walk of a sell by quote amount found."""

    asset: int
    units: int
    walk_end: End | None = None


def place_order(turn: Turn, command: bytes) -> None:
    # The id may be any bytes, which the reader of messages would not let pass.
    field = command[-WIDTH:]
    asked = PlaceOrder.decode(command[:-WIDTH] + bytes(WIDTH))
    client_order_id = without_padding(field)
    try:
        take_in(turn, asked, client_order_id, digest_of(command))
    except Refused as refused:
        shown = (client_order_id or b"").decode("ascii")
        event = OrderRejected(asked.account, asked.market, refused.code.number, shown)
        turn.events.append(event.encode())


def take_in(turn: Turn, asked: PlaceOrder, client_order_id: bytes | None, digest: int) -> None:
    state = turn.state
    account = state.accounts.get(asked.account)
    if account is None:
        raise Refused(codes.ACCOUNT_UNKNOWN)
    market = state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN)
    if client_order_id is None:
        raise Refused(codes.INVALID_CLIENT_ORDER_ID)
    known = recall(account, client_order_id, turn.time_us)
    if known is not None:
        if known.digest != digest:
            raise Refused(codes.CLIENT_ORDER_ID_CONFLICT)
        repeated = OrderRepeated(known.order_id, known.original_sequence, account.id, market.id)
        turn.events.append(repeated.encode())
        return
    check_standing(account, market)
    check_kind(asked)
    check_amounts(asked, market)
    check_book(state, asked, market)
    order = Order(
        id=state.last_order_id + 1,
        account=account.id,
        market=market.id,
        side=asked.side,
        order_type=asked.order_type,
        time_in_force=asked.time_in_force,
        flags=asked.flags,
        price=asked.price,
        quantity=asked.quantity,
        quote_amount=asked.quote_amount,
        maker_fee_ppm=market.maker_fee_ppm,
        taker_fee_ppm=market.taker_fee_ppm,
        accepted_sequence=turn.sequence,
        accepted_at_us=turn.time_us,
        client_order_id=client_order_id,
    )
    hold = hold_of(state, market, order)
    if state.balance(account.id, hold.asset).available < hold.units:
        raise Refused(codes.INSUFFICIENT_FUNDS)
    accept(turn, asked, order, hold)
    if client_order_id:
        account.remembered[client_order_id] = Remembered(order.id, turn.sequence, digest)
    match(turn, market, order, hold.walk_end)


def check_standing(account: Account, market: Market) -> None:
    if account.kind not in (AccountKind.MAIN, AccountKind.SUB):
        raise Refused(codes.ACCOUNT_CANNOT_TRADE)
    if account.frozen:
        raise Refused(codes.ACCOUNT_FROZEN)
    if market.status != MarketStatus.OPEN:
        raise Refused(codes.MARKET_HALTED)


def check_kind(asked: PlaceOrder) -> None:
    """Checks 6 to 9: the fields that say what sort of order it is."""
    limit, market = asked.order_type == OrderType.LIMIT, asked.order_type == OrderType.MARKET
    if asked.side not in list(Side):
        raise Refused(codes.INVALID_SIDE)
    later = asked.stop_price or asked.trailing_delta or asked.display_quantity or asked.expires_at_us
    if not (limit or market) or later or asked.flags & ~FLAG_POST_ONLY:
        raise Refused(codes.ORDER_TYPE_UNAVAILABLE)
    if asked.self_trade_prevention not in (0, SelfTradePrevention.CANCEL_NEWEST):
        raise Refused(codes.INVALID_SELF_TRADE_PREVENTION)
    allowed = (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK) if limit else (TimeInForce.IOC,)
    if asked.time_in_force not in allowed:
        raise Refused(codes.INVALID_TIME_IN_FORCE)
    if asked.flags & FLAG_POST_ONLY and not (limit and asked.time_in_force == TimeInForce.GTC):
        raise Refused(codes.POST_ONLY_NOT_ALLOWED)
    exactly_one = (asked.quantity != 0) != (asked.quote_amount != 0)
    if asked.quote_amount != 0 if limit else asked.price != 0 or not exactly_one:
        raise Refused(codes.QUANTITY_OR_QUOTE_AMOUNT)


def check_amounts(asked: PlaceOrder, market: Market) -> None:
    """Checks 10 and 11."""
    limit = asked.order_type == OrderType.LIMIT
    if limit and not 1 <= asked.price < PRICE_LIMIT:
        raise Refused(codes.PRICE_OUT_OF_RANGE)
    if asked.quote_amount == 0 and not 1 <= asked.quantity <= market.max_quantity:
        raise Refused(codes.QUANTITY_OUT_OF_RANGE)
    if asked.quote_amount >= SUPPLY_LIMIT:
        raise Refused(codes.QUANTITY_OUT_OF_RANGE)
    if limit and market.notional(asked.price, asked.quantity) < market.min_notional:
        raise Refused(codes.BELOW_MIN_NOTIONAL)
    if asked.quote_amount != 0 and asked.quote_amount < market.min_notional:
        raise Refused(codes.BELOW_MIN_NOTIONAL)


def check_book(state: State, asked: PlaceOrder, market: Market) -> None:
    """Checks 12 and 13."""
    rests = asked.order_type == OrderType.LIMIT and asked.time_in_force == TimeInForce.GTC
    if rests and market.max_open_orders != 0:
        count = sum(
            order.account == asked.account and order.market == market.id
            for order in state.open_orders.values()
        )
        if count >= market.max_open_orders:
            raise Refused(codes.TOO_MANY_OPEN_ORDERS)
    if asked.flags & FLAG_POST_ONLY and market.opposite(asked.side).crosses(asked.price):
        raise Refused(codes.POST_ONLY_WOULD_TAKE)


def hold_of(state: State, market: Market, order: Order) -> Hold:
    """What the order holds; sets the quantity of a sell by quote amount."""
    limit = order.order_type == OrderType.LIMIT
    if order.side == Side.SELL:
        walk_end = None
        if order.quote_amount != 0:
            order.quantity, walk_end = walk_by_quote_amount(state, market, order)
        return Hold(market.base, order.quantity * market.lot_size, walk_end)
    if limit:
        return Hold(market.quote, hold_of_limit_buy(order, market.notional(order.price, order.quantity)))
    if order.quote_amount != 0:
        return Hold(market.quote, order.quote_amount)
    notional = walk_by_quantity(state, market, order)
    return Hold(market.quote, notional + fee(order.taker_fee_ppm, notional))


def accept(turn: Turn, asked: PlaceOrder, order: Order, hold: Hold) -> None:
    turn.state.last_order_id = order.id
    turn.state.open_orders[order.id] = order
    balance = turn.balance(order.account, hold.asset)
    balance.available -= hold.units
    balance.locked += hold.units
    order.held = hold.units
    accepted = OrderAccepted(
        order_id=order.id,
        account=order.account,
        market=order.market,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        self_trade_prevention=SelfTradePrevention.CANCEL_NEWEST,
        flags=order.flags,
        price=order.price,
        quantity=asked.quantity,
        quote_amount=order.quote_amount,
        maker_fee_ppm=order.maker_fee_ppm,
        taker_fee_ppm=order.taker_fee_ppm,
        client_order_id=order.client_order_id.decode("ascii"),
    )
    turn.events.append(accepted.encode())
