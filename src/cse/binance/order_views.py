"""Orders, fills and accounts of ours as Binance's clients have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from cse.binance.order_models import (
    AccountView,
    Ack,
    BalanceView,
    CommissionRates,
    FillView,
    ListedOrder,
    MyTrade,
    OrderListView,
    OrderView,
)
from cse.binance.parameters import ms
from cse.binance.words import MODES, TYPES
from cse.domain.limits import PPM
from cse.domain.money import format_fixed, parse_units
from cse.domain.orders import PERCENT_DECIMALS
from cse.runtime.http.times import parse_time
from cse.trading.models import Balance, Fees, Fill, Order, PlacedOrder

_STATUSES: Final = {"filled": "FILLED", "cancelled": "CANCELED", "expired": "EXPIRED"}
_NO_LIST: Final = -1
# Percent have four decimals, and a basis point is a hundredth of one.
_UNITS_OF_A_BASIS_POINT: Final = 100
_NOTHING: Final = "0"
_PPM_DECIMALS: Final = 6
_PPM_OF_A_TEN_THOUSANDTH: Final = PPM // 10_000


def time_ms(text: str) -> int:
    """A time of ours in milliseconds."""
    return ms(parse_time(text, field="time"))


def order_view(order: Order, fills: Sequence[Fill] | None = None) -> OrderView:
    """An order; with `fills` what it traded when it came."""
    return OrderView(
        symbol=order.market.replace("-", ""),
        order_id=int(order.id),
        order_list_id=_NO_LIST if order.list_id is None else int(order.list_id),
        client_order_id=order.client_order_id or "",
        price=order.price or _NOTHING,
        # Of one by an amount the quantity is what came of it.
        orig_qty=order.quantity or order.filled_quantity,
        executed_qty=order.filled_quantity,
        orig_quote_order_qty=order.quote_amount or _NOTHING,
        cummulative_quote_qty=order.filled_notional,
        status=_status(order),
        time_in_force=order.time_in_force.upper(),
        type="LIMIT_MAKER" if order.type == "limit" and order.post_only else TYPES[order.type],
        side=order.side.upper(),
        working_time=time_ms(order.triggered_at or order.created_at) if order.trigger is None else -1,
        self_trade_prevention_mode=MODES[order.self_trade_prevention],
        is_working=order.status == "open" and order.trigger is None,
        time=time_ms(order.created_at),
        update_time=time_ms(order.updated_at),
        transact_time=time_ms(order.updated_at),
        stop_price=order.stop_price,
        iceberg_qty=order.display_quantity,
        trailing_delta=_basis_points(order.trailing_percent),
        fills=None if fills is None else [_fill_view(fill) for fill in fills],
    )


def cancelled_view(order: Order, named: str) -> OrderView:
    """An order that was cancelled, by a cancel that is `named`."""
    shown = order_view(order)
    return msgspec.structs.replace(shown, client_order_id=named, orig_client_order_id=shown.client_order_id)


def placed_view(placed: PlacedOrder, response: str) -> Ack | OrderView:
    """What a placement is answered with, `ACK`, `RESULT` or `FULL`."""
    if response == "ACK":
        full = order_view(placed.order)
        return Ack(full.symbol, full.order_id, full.order_list_id, full.client_order_id, full.transact_time)
    return order_view(placed.order, placed.fills if response == "FULL" else None)


def my_trade_view(fill: Fill) -> MyTrade:
    """A trade of the account. In which list its order came is not looked up."""
    return MyTrade(
        symbol=fill.market.replace("-", ""),
        id=int(fill.trade_id),
        order_id=int(fill.order_id),
        order_list_id=_NO_LIST,
        price=fill.price,
        qty=fill.quantity,
        quote_qty=fill.notional,
        commission=fill.fee,
        commission_asset=fill.fee_asset,
        time=time_ms(fill.time),
        is_buyer=fill.side == "buy",
        is_maker=fill.liquidity == "maker",
    )


def account_view(
    account: int, balances: Sequence[Balance], fees: Fees, now_us: int, *, can_trade: bool, omit_zeros: bool
) -> AccountView:
    """An account; of the fees, which each market may have of its own, the highest."""
    maker = max((one.maker_fee_ppm for one in fees.items), default=0)
    taker = max((one.taker_fee_ppm for one in fees.items), default=0)
    shown = [BalanceView(one.asset, one.available, one.locked) for one in balances]
    if omit_zeros:
        shown = [one for one in shown if (one.free, one.locked) != (_NOTHING, _NOTHING)]
    return AccountView(
        # Rounded up, so that nobody counts on less.
        maker_commission=-(-maker // _PPM_OF_A_TEN_THOUSANDTH),
        taker_commission=-(-taker // _PPM_OF_A_TEN_THOUSANDTH),
        buyer_commission=0,
        seller_commission=0,
        commission_rates=CommissionRates(_rate(maker), _rate(taker), _rate(0), _rate(0)),
        can_trade=can_trade,
        can_withdraw=False,
        can_deposit=False,
        brokered=False,
        require_self_trade_prevention=False,
        prevent_sor=False,
        update_time=ms(now_us),
        account_type="SPOT",
        balances=shown,
        permissions=["SPOT"],
        uid=account,
    )


def list_view(orders: Sequence[Order], list_client_order_id: str, *, done: bool = False) -> OrderListView:
    """Linked orders; the list has the id of its first."""
    reports = [order_view(order) for order in orders]
    first = reports[0]
    status = "ALL_DONE" if done else "EXECUTING"
    return OrderListView(
        order_list_id=first.order_list_id if first.order_list_id != _NO_LIST else first.order_id,
        contingency_type="OCO",
        list_status_type="ALL_DONE" if done else "EXEC_STARTED",
        list_order_status=status,
        list_client_order_id=list_client_order_id,
        transaction_time=max(report.transact_time for report in reports),
        symbol=first.symbol,
        orders=[ListedOrder(report.symbol, report.order_id, report.client_order_id) for report in reports],
        order_reports=reports,
    )


def _status(order: Order) -> str:
    if order.status == "open":
        return "NEW" if order.filled_quantity == _NOTHING else "PARTIALLY_FILLED"
    if order.close_reason == "self_trade":
        return "EXPIRED_IN_MATCH"
    return _STATUSES[order.status]


def _fill_view(fill: Fill) -> FillView:
    return FillView(fill.price, fill.quantity, fill.fee, fill.fee_asset, int(fill.trade_id))


def _basis_points(percent: str | None) -> int | None:
    """Hundredths of a percent; what lies between two of them is shown as the lower."""
    if percent is None:
        return None
    units = parse_units(percent, PERCENT_DECIMALS, field="trailingDelta")
    return units // _UNITS_OF_A_BASIS_POINT


def _rate(ppm: int) -> str:
    return format_fixed(ppm, _PPM_DECIMALS, _PPM_DECIMALS)
