"""A plain market and a plain order, of which tests replace what matters to them."""

from cse.domain.limits import QUANTITY_LIMIT
from cse.engine.wire import CreateMarket, OrderType, PlaceOrder, Side, TimeInForce
from tests.property.settings import FEES

TRADER = 3
MARKET = CreateMarket(
    base=2,
    quote=1,
    tick_size=1,
    lot_size=1,
    min_notional=0,
    max_quantity=QUANTITY_LIMIT - 1,
    maker_fee_ppm=0,
    taker_fee_ppm=0,
    creator_share_ppm=0,
    creator_account=0,
    fee_account=FEES,
    price_band_ppm=0,
    max_open_orders=0,
    tick_decimals=0,
    status=0,
)
ORDER = PlaceOrder(
    account=TRADER,
    market=1,
    side=Side.SELL,
    order_type=OrderType.LIMIT,
    time_in_force=TimeInForce.IOC,
    self_trade_prevention=0,
    flags=0,
    price=1,
    quantity=1,
    quote_amount=0,
    stop_price=0,
    trailing_delta=0,
    display_quantity=0,
    expires_at_us=0,
    client_order_id="",
)
