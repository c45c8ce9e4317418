"""What the signed routes take and give, as Binance's clients have it."""

from __future__ import annotations

import msgspec

from cse.binance.market_models import Symbol


class NewOrderQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """An order to place. Names of strategies are the client's own: they are taken, and not kept."""

    side: str
    type: str
    time_in_force: str | None = None
    quantity: str | None = None
    quote_order_qty: str | None = None
    price: str | None = None
    new_client_order_id: str | None = None
    strategy_id: str | None = None
    strategy_type: str | None = None
    stop_price: str | None = None
    trailing_delta: str | None = None
    iceberg_qty: str | None = None
    new_order_resp_type: str | None = None
    self_trade_prevention_mode: str | None = None


class ReplaceQuery(NewOrderQuery, frozen=True, forbid_unknown_fields=True, rename="camel", kw_only=True):
    """An order to cancel, and one to place."""

    cancel_replace_mode: str
    cancel_order_id: str | None = None
    cancel_orig_client_order_id: str | None = None
    cancel_new_client_order_id: str | None = None
    cancel_restrictions: str | None = None


class OrderQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """An order by its id, by the client's, or by both, which must be of one."""

    order_id: str | None = None
    orig_client_order_id: str | None = None


class CancelQuery(OrderQuery, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """An order to cancel; the cancel may have an id of its own, which the answer repeats."""

    new_client_order_id: str | None = None
    cancel_restrictions: str | None = None


class OrderListQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A list of orders by its id. The name that a client gave it is not kept."""

    order_list_id: str | None = None


class CancelListQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A list to cancel; the cancel may have an id of its own, which the answer repeats."""

    order_list_id: str | None = None
    new_client_order_id: str | None = None


class OpenOrdersQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The open orders of a market, or of all."""

    symbol: str | None = None


class AllOrdersQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Orders of a market, open and closed: from an id or a time on, or the last."""

    order_id: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    limit: int = 500


class MyTradesQuery(AllOrdersQuery, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Trades of the account in a market: those of an order, from an id or a time on, or the last."""

    from_id: str | None = None


class AccountQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Whether balances of nothing are left out."""

    omit_zero_balances: str = "false"


class OcoQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Two linked orders, by which of them lies above the other."""

    side: str
    quantity: str
    above_type: str
    below_type: str
    above_client_order_id: str | None = None
    above_price: str | None = None
    above_stop_price: str | None = None
    above_trailing_delta: str | None = None
    above_time_in_force: str | None = None
    above_iceberg_qty: str | None = None
    below_client_order_id: str | None = None
    below_price: str | None = None
    below_stop_price: str | None = None
    below_trailing_delta: str | None = None
    below_time_in_force: str | None = None
    below_iceberg_qty: str | None = None
    list_client_order_id: str | None = None
    new_order_resp_type: str | None = None
    self_trade_prevention_mode: str | None = None


class OldOcoQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Two linked orders as older clients name them: one that waits in the book, and a stop."""

    side: str
    quantity: str
    price: str
    stop_price: str
    limit_client_order_id: str | None = None
    limit_iceberg_qty: str | None = None
    stop_client_order_id: str | None = None
    stop_limit_price: str | None = None
    stop_limit_time_in_force: str | None = None
    stop_iceberg_qty: str | None = None
    list_client_order_id: str | None = None
    new_order_resp_type: str | None = None
    self_trade_prevention_mode: str | None = None


class Ack(msgspec.Struct, frozen=True, rename="camel"):
    """That an order was taken."""

    symbol: str
    order_id: int
    order_list_id: int
    client_order_id: str
    transact_time: int


class OrderView(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """An order. What only some orders have is left out of others."""

    symbol: str
    order_id: int
    order_list_id: int
    client_order_id: str
    price: str
    orig_qty: str
    executed_qty: str
    orig_quote_order_qty: str
    # Spelled as Binance spells it.
    cummulative_quote_qty: str
    status: str
    time_in_force: str
    type: str
    side: str
    working_time: int
    self_trade_prevention_mode: str
    is_working: bool
    time: int
    update_time: int
    transact_time: int
    orig_client_order_id: str | None = None
    stop_price: str | None = None
    iceberg_qty: str | None = None
    trailing_delta: int | None = None
    fills: list[FillView] | None = None


class FillView(msgspec.Struct, frozen=True, rename="camel"):
    """What an order traded when it came."""

    price: str
    qty: str
    commission: str
    commission_asset: str
    trade_id: int


class MyTrade(msgspec.Struct, frozen=True, rename="camel"):
    """A trade of the account."""

    symbol: str
    id: int
    order_id: int
    order_list_id: int
    price: str
    qty: str
    quote_qty: str
    commission: str
    commission_asset: str
    time: int
    is_buyer: bool
    is_maker: bool
    is_best_match: bool = True


class BalanceView(msgspec.Struct, frozen=True):
    """What an account has of an asset."""

    asset: str
    free: str
    locked: str


class CommissionRates(msgspec.Struct, frozen=True):
    """Parts of the notional."""

    maker: str
    taker: str
    buyer: str
    seller: str


class AccountView(msgspec.Struct, frozen=True, rename="camel"):
    """An account. Commissions are the highest of all markets, in ten-thousandths."""

    maker_commission: int
    taker_commission: int
    buyer_commission: int
    seller_commission: int
    commission_rates: CommissionRates
    can_trade: bool
    can_withdraw: bool
    can_deposit: bool
    brokered: bool
    require_self_trade_prevention: bool
    prevent_sor: bool
    update_time: int
    account_type: str
    balances: list[BalanceView]
    permissions: list[str]
    uid: int


class ListedOrder(msgspec.Struct, frozen=True, rename="camel"):
    """An order of a list."""

    symbol: str
    order_id: int
    client_order_id: str


class OrderListView(msgspec.Struct, frozen=True, rename="camel"):
    """Linked orders right after they were taken, or cancelled."""

    order_list_id: int
    contingency_type: str
    list_status_type: str
    list_order_status: str
    list_client_order_id: str
    transaction_time: int
    symbol: str
    orders: list[ListedOrder]
    order_reports: list[OrderView]
