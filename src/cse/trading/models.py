"""What the routes of trading take and give. Amounts are decimal strings, ids are strings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal

import msgspec

from cse.domain.accounts import TransferReason
from cse.domain.enumerations import (
    CloseReason,
    OrderListKind,
    OrderType,
    ReplaceMode,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TriggerPhase,
)
from cse.domain.orders import by_word
from cse.ledger.models import EntryReason
from cse.runtime.http.body import DecimalText

PAGE_MAX = 500
# How many orders a batch places or cancels at most.
PLACED_MAX = 20
CANCELLED_MAX = 50

OrderStatus = Literal["open", "filled", "cancelled", "expired"]
SideWord = Literal["buy", "sell"]
Limit = Annotated[int, msgspec.Meta(ge=1, le=PAGE_MAX)]


def _one_of(words: Iterable[str]) -> msgspec.Meta:
    """Says which words there are, in the description alone: another one is refused by its own code."""
    return msgspec.Meta(extra_json_schema={"enum": [*words]})


AnySide = Annotated[str, _one_of(by_word(Side))]
AnyType = Annotated[str, _one_of(by_word(OrderType))]
AnyTimeInForce = Annotated[str, _one_of(by_word(TimeInForce))]
AnyPrevention = Annotated[str, _one_of(by_word(SelfTradePrevention))]
AnyPhase = Annotated[str, _one_of(by_word(TriggerPhase))]
AnyCloseReason = Annotated[str, _one_of(by_word(CloseReason))]
# Why an entry of the ledger is there.
ENTRY_KINDS: Final[dict[str, int]] = {one.name.lower(): int(one) for one in (*EntryReason, *TransferReason)}
AnyEntryKind = Annotated[str, _one_of(ENTRY_KINDS)]


class NewOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of an order placement.

    `limit` orders need `price` and `quantity`, `market` orders either `quantity` or `quote_amount`, and
    may have a `price` as the worst at which they trade. `time_in_force` is `gtc` (limit orders unless said
    otherwise), `ioc`, `fok`, `gtd` with `expires_at`, or `day`, which ends at 00:00 UTC. `reprice`
    beside `post_only` moves a price that would take to one tick behind the best on the other side.
    `self_trade_prevention` is what happens when the order meets one of the same owner:
    `cancel_newest` (unless said otherwise), `cancel_oldest`, `cancel_both`, `decrement` (not with
    `quote_amount`), or `none` where the market allows it. The same `client_order_id` again gives the
    first answer again, and places nothing. With `display_quantity` the book shows only so much of a
    resting order at a time.

    The other types wait for a trade before they match. `stop_loss` and `stop_limit` are fired by a trade
    at `stop_price` or beyond it against their owner (at or below it for a sell, at or above it for a
    buy), `take_profit` and `take_profit_limit` by one in his favour. `trailing_stop` has no
    `stop_price`: that follows the best price since, at a distance of `trailing_delta` or of
    `trailing_percent` of it, and never goes back. `stop_limit` and `take_profit_limit` then are limit
    orders, the others market orders, whose `price`, if there is one, is the worst at which they trade;
    a buy by `quantity` of these needs it. `time_in_force` of these others says how long they wait.
    """

    market: str
    side: AnySide
    type: AnyType
    price: DecimalText | None = None
    quantity: DecimalText | None = None
    quote_amount: DecimalText | None = None
    stop_price: DecimalText | None = None
    trailing_delta: DecimalText | None = None
    trailing_percent: DecimalText | None = None
    display_quantity: DecimalText | None = None
    time_in_force: AnyTimeInForce | None = None
    expires_at: str | None = None
    post_only: bool = False
    reprice: bool = False
    self_trade_prevention: AnyPrevention | None = None
    client_order_id: str | None = None
    account: str | None = None


class Order(msgspec.Struct, frozen=True):
    """An order as it now is.

    `expired` says that its time came, or what did not trade at once was let go; `close_reason` tells
    why: `expired`, `killed` or `self_trade`. One that was closed because of an order that it was linked
    with is `cancelled` with reason `linked`. Orders that were placed as one list have the same `list_id`,
    the id of the first of them, whether they are open or not. `trigger` says of a trigger order that it
    is `waiting` for a trade, has `fired` and takes its turn, or is `attached`: an exit that waits for its
    bracket's entry to close, which says its quantity. `triggered_at` is when its turn came; an open one
    is a limit order from then on. Orders by `quote_amount` have no quantity and no remaining quantity.
    `price` is what `reprice` made of it; lots that `decrement` took away are not in `quantity`.
    `revision` says which of two views of an order is the newer one, whatever way they came by: that with
    the greater number. It is the journal's sequence up to which all is in the view, so after each change it
    is greater than before.
    """

    id: str
    client_order_id: str | None
    list_id: str | None
    account: str
    market: str
    side: SideWord
    type: AnyType
    time_in_force: AnyTimeInForce
    post_only: bool
    reprice: bool
    self_trade_prevention: AnyPrevention
    expires_at: str | None
    status: OrderStatus
    close_reason: AnyCloseReason | None
    trigger: AnyPhase | None
    triggered_at: str | None
    price: str | None
    quantity: str | None
    quote_amount: str | None
    display_quantity: str | None
    stop_price: str | None
    trailing_delta: str | None
    trailing_percent: str | None
    filled_quantity: str
    filled_notional: str
    average_price: str | None
    remaining_quantity: str | None
    fee: str
    fee_asset: str
    created_at: str
    updated_at: str
    revision: str


class AmendedOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an open order is to be; what is left out stays.

    `quantity` is all that the order is for, what is filled included. A lower quantity keeps the order's
    place in the queue, anything else takes it to the end, and may trade at once. `stop_price` may be
    changed of an order that waits, but of a trailing stop. Orders that are linked cannot be amended.
    """

    price: DecimalText | None = None
    quantity: DecimalText | None = None
    display_quantity: DecimalText | None = None
    stop_price: DecimalText | None = None


class NewOrderList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Orders that are placed as one and linked, in one market.

    `oco`: a limit order and a `stop_loss`, `stop_limit` or `trailing_stop`, of the same side and
    quantity: when one trades, in part too, fires or closes, the other is closed. `bracket`: an entry, a
    `limit` or `market` buy; a take-profit, a `limit` sell; and a stop, as of an `oco`. The exits have no
    quantity: they sell what the entry has bought when it closes, and are an `oco` from then on. The two
    of an `oco`, and the exits, have the same `time_in_force`: `gtc`, `gtd` or `day`.
    """

    kind: Annotated[str, _one_of(by_word(OrderListKind))]
    orders: Annotated[list[NewOrder], msgspec.Meta(min_length=2, max_length=3)]


class Replacement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order to cancel, by its id or the client's, and one to place, as one.

    `stop_on_failure`: both or nothing. `allow_failure`: each for itself, and the answer says which. The
    same order under the same `client_order_id` again cancels and places nothing.
    """

    order: NewOrder
    cancel_order: str | None = None
    cancel_client_order_id: str | None = None
    mode: Annotated[str, _one_of(by_word(ReplaceMode))] = "stop_on_failure"


class Fill(msgspec.Struct, frozen=True):
    """One trade from one side of it. A fee below zero is a rebate."""

    trade_id: str
    order_id: str
    market: str
    side: SideWord
    price: str
    quantity: str
    notional: str
    fee: str
    fee_asset: str
    liquidity: Literal["maker", "taker"]
    time: str
    sequence: str


class PreventedTrade(msgspec.Struct, frozen=True):
    """Two orders of one owner that met and did not trade.

    `quantity` would have traded at `price`; `self_trade_prevention` is what was done instead.
    """

    maker_order_id: str
    taker_order_id: str
    market: str
    taker_side: SideWord
    price: str
    quantity: str
    self_trade_prevention: AnyPrevention
    time: str
    sequence: str


class PlacedOrder(msgspec.Struct, frozen=True):
    """The order right after it was taken in, what it traded at once, and what it did not trade with."""

    order: Order
    fills: list[Fill]
    prevented: list[PreventedTrade]
    sequence: str


class BatchRefusal(msgspec.Struct, frozen=True):
    """Why one part of a batch was refused: what the refusal of a single request says."""

    code: str
    status: int
    detail: str
    retryable: bool
    money: Literal["none", "unknown"]
    field: str | None


class NewOrders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Orders to place one behind another, 20 at most, each for itself."""

    orders: Annotated[list[NewOrder], msgspec.Meta(min_length=1, max_length=PLACED_MAX)]


class BatchedPlacement(msgspec.Struct, frozen=True):
    """What came of one order of a batch: either was it placed, or refused."""

    placed: PlacedOrder | None
    refusal: BatchRefusal | None


class PlacedOrders(msgspec.Struct, frozen=True):
    """What came of each order of a batch, in their order."""

    items: list[BatchedPlacement]
    sequence: str


class NamedOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order by its id or by the client's."""

    id: str | None = None
    client_order_id: str | None = None


class NamedOrders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Orders to cancel one behind another, 50 at most, each for itself."""

    orders: Annotated[list[NamedOrder], msgspec.Meta(min_length=1, max_length=CANCELLED_MAX)]


class BatchedCancel(msgspec.Struct, frozen=True):
    """What came of one cancel of a batch: the order as it then is, or why it was refused."""

    order: Order | None
    refusal: BatchRefusal | None


class CancelledBatch(msgspec.Struct, frozen=True):
    """What came of each cancel of a batch, in their order."""

    items: list[BatchedCancel]
    sequence: str


class RawBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A batch whose parts are read one by one, so that one that is malformed is refused alone."""

    orders: list[msgspec.Raw]


class CancelAfter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sets the cancel timer: all open orders are cancelled in so many milliseconds, 1,000 to 86,400,000,
    unless it is set again before; 0 takes it away."""

    timeout_ms: Annotated[
        int,
        msgspec.Meta(
            ge=0,
            lt=1 << 40,
            description="0, or 1000 to 86400000",
            extra_json_schema={"maximum": 86_400_000},
        ),
    ]


class CancelTimer(msgspec.Struct, frozen=True):
    """When the cancel timer fires; null when there is none."""

    fires_at: str | None
    sequence: str


class MarketFees(msgspec.Struct, frozen=True):
    """The rates of the account's next order in a market, in parts per million of the notional.

    Below zero a rate is a rebate. `promotion_ends_at` is there while a promotion lasts, which may have
    lowered one of them or both.
    """

    market: str
    maker_fee_ppm: int
    taker_fee_ppm: int
    promotion_ends_at: str | None


class Fees(msgspec.Struct, frozen=True):
    """The account's fee tier and its rates in every market. Open orders keep the rates that they have."""

    tier: int
    items: list[MarketFees]
    next_cursor: str | None
    sequence: str


class PlacedOrderList(msgspec.Struct, frozen=True):
    """The orders of a list right after they were taken in, what they traded at once, and what they did not
    trade with."""

    orders: list[Order]
    fills: list[Fill]
    prevented: list[PreventedTrade]
    sequence: str


class ReplacedOrder(msgspec.Struct, frozen=True):
    """What came of a replacement: the code of the half that was refused stands in its place.

    `cancelled` is the id of the order that was cancelled. One that is sent again gets the first answer.
    """

    cancelled: str | None
    cancel_refusal: str | None
    placed: PlacedOrder | None
    place_refusal: str | None
    sequence: str


class OneOrder(msgspec.Struct, frozen=True):
    """One order, and the ids of the open orders that it is linked with."""

    order: Order
    linked_order_ids: list[str]
    sequence: str


class AmendResult(OneOrder, frozen=True):
    """An order right after it was amended, what it traded at once by that, and what it did not trade with."""

    fills: list[Fill]
    prevented: list[PreventedTrade]


class CancelledOrders(msgspec.Struct, frozen=True):
    """How many orders were cancelled."""

    cancelled: int
    sequence: str


class Orders(msgspec.Struct, frozen=True):
    """A page of orders: open ones newest first, then closed ones by their closing, newest first."""

    items: list[Order]
    next_cursor: str | None
    sequence: str


class Fills(msgspec.Struct, frozen=True):
    """A page of fills, newest first."""

    items: list[Fill]
    next_cursor: str | None
    sequence: str


class Balance(msgspec.Struct, frozen=True):
    """What an account has of an asset; `locked` is held by open orders and by
    transfers that wait."""

    asset: str
    available: str
    locked: str


class Balances(msgspec.Struct, frozen=True):
    """All balances of the account."""

    items: list[Balance]
    next_cursor: str | None
    sequence: str


class OrdersQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Which orders.

    Closed ones can be chosen by `side` and by when they closed: at `from` or later and before `to`, both
    times in RFC 3339.
    """

    market: str | None = None
    status: Literal["open", "closed", "all"] = "open"
    side: SideWord | None = None
    from_: str | None = None
    to: str | None = None
    limit: Limit = 100
    cursor: str | None = None


class FillsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Which fills: those at `from` or later and before `to`, both times in RFC 3339."""

    market: str | None = None
    side: SideWord | None = None
    from_: str | None = None
    to: str | None = None
    limit: Limit = 100
    cursor: str | None = None


class PastQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Which closed orders or fills: at `from` or later and before `to`, both times in RFC 3339."""

    market: str | None = None
    side: SideWord | None = None
    from_: str | None = None
    to: str | None = None


class LedgerEntry(msgspec.Struct, frozen=True):
    """What came to the account, below zero what left it, and the `balance` of the asset right after it.

    `reference` is the trade of `market`, or the
    transfer where there is none. `kind` is `trade`, `trade_fee`, `creator_share` or the transfer's reason.
    """

    id: str
    time: str
    kind: str
    asset: str
    amount: str
    balance: str
    market: str | None
    reference: str
    sequence: str


class LedgerEntries(msgspec.Struct, frozen=True):
    """Entries of the account, the latest first."""

    items: list[LedgerEntry]
    next_cursor: str | None
    sequence: str


class LedgerQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Which entries: at `from` or later and before `to`, both times in RFC 3339."""

    asset: str | None = None
    market: str | None = None
    kind: AnyEntryKind | None = None
    from_: str | None = None
    to: str | None = None
    limit: Limit = 100
    cursor: str | None = None


class AllLedgerQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """The same of all entries."""

    asset: str | None = None
    market: str | None = None
    kind: AnyEntryKind | None = None
    from_: str | None = None
    to: str | None = None


class CancelQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which open orders to cancel; without a market those of every market."""

    market: str | None = None
    side: AnySide | None = None
