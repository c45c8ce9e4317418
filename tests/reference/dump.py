"""The canonical dump of a state and its hash (section 6 of the trading rules)."""

import hashlib
from collections.abc import Iterator

from cse.domain.limits import RISK_STRETCH_US, RISK_STRETCHES
from cse.engine.wire import OrderListKind, Side
from tests.reference.client_ids import is_remembered
from tests.reference.state import Account, Counts, HeldTransfer, Market, Order, OrderList, Phase, State


def dump(state: State) -> str:
    return "".join(line + "\n" for line in lines(state))


def state_hash(state: State) -> bytes:
    return hashlib.blake2b(dump(state).encode("ascii"), digest_size=32).digest()


def lines(state: State) -> Iterator[str]:
    yield (
        f"state {state.sequence} {state.time_us} {state.chain:016x} {state.epoch} {state.rules_version}"
        f" {state.last_order_id} {state.last_transfer_id}"
    )
    for asset in state.assets.values():
        yield f"asset {asset.id} {asset.symbol} {asset.decimals}"
    for account in state.accounts.values():
        yield (
            f"account {account.id} {account.kind} {account.owner.hex()} {int(account.frozen)}"
            f" {account.closed_client_orders} {account.tier}"
        )
    for (account_id, asset_id), balance in sorted(state.balances.items(), key=lambda entry: entry[0]):
        if balance.available or balance.locked:
            yield f"balance {account_id} {asset_id} {balance.available} {balance.locked}"
    for market in state.markets.values():
        yield from market_lines(market)
        yield from trigger_lines(state, market)
        lists = [links for links in state.lists.values() if links.limit.market == market.id]
        yield from sorted(map(link_line, lists), key=second_of)
    for account in state.accounts.values():
        yield from client_lines(state, account)
    for account_id, fires_at_us in sorted(state.timers.items()):
        yield f"timer {account_id} {fires_at_us}"
    yield from counts_lines(state)
    for transfer_id, held in sorted(state.held_transfers.items()):
        yield from held_lines(transfer_id, held)
    for source, number in sorted(state.outboxes.items()):
        yield f"outbox {source} {number}"


def market_lines(market: Market) -> Iterator[str]:
    """A market, rates and limits of its tiers, and its orders; the rates of tier 0 are in its own line."""
    yield market_line(market)
    for tier, rates in sorted(market.tiers.items()):
        if tier != 0:
            yield f"tier {market.id} {tier} {rates.maker_ppm} {rates.taker_ppm}"
    for tier, limits in sorted(market.risk_limits.items()):
        yield f"risk {market.id} {tier} {' '.join(map(str, limits))}"
    for side in (Side.BUY, Side.SELL):
        for order in market.halves[side].orders():
            yield order_line(order)


def market_line(market: Market) -> str:
    rates, promotion = market.tiers[0], market.promotion
    band, reference, told = market.band, market.interruption_reference, market.indicated
    return (
        f"market {market.id} {market.base} {market.quote} {market.tick_size} {market.tick_decimals}"
        f" {market.lot_size} {market.tick_lot_units} {market.min_notional} {market.max_quantity}"
        f" {rates.maker_ppm} {rates.taker_ppm} {market.creator_share_ppm}"
        f" {market.creator_account} {market.fee_account} {market.max_open_orders} {market.status}"
        f" {market.last_trade_id} {market.book_sequence} {market.last_price} {int(market.self_trade_allowed)}"
        f" {promotion.rates.maker_ppm} {promotion.rates.taker_ppm} {promotion.ends_at_us}"
        f" {market.auction_ends_at_us} {market.uncross_price} {band.price_band_ppm} {band.interruption_ppm}"
        f" {band.interruption_window_s} {band.interruption_auction_s} {band.reference_price} {reference.price} {reference.at_us}"
        f" {market.max_notional} {market.min_quantity} {told.price} {told.volume} {told.surplus} {told.side}"
        f" {market.price_increment} {market.quantity_increment}"
    )


def order_line(order: Order) -> str:
    return (
        f"order {order.id} {order.account} {order.market} {order.side} {order.time_in_force}"
        f" {order.prevention} {order.flags} {order.price} {order.quantity}"
        f" {order.filled_quantity} {order.maker_notional} {order.taker_notional} {order.fee} {order.held}"
        f" {order.maker_fee_ppm} {order.taker_fee_ppm} {order.accepted_sequence} {order.accepted_at_us}"
        f" {order.expires_at_us} {order.display_quantity} {order.shown} {order.client_order_id.decode('ascii') or '-'}"
    )


def trigger_lines(state: State, market: Market) -> Iterator[str]:
    """The orders of a market that are open but not in its book, ascending."""
    numbers = {
        order.id: number for number, together in enumerate(market.fired, start=1) for order in together
    }
    for _, order in sorted(state.open_orders.items()):
        if order.market == market.id and order.phase != Phase.BOOK:
            yield trigger_line(order, numbers.get(order.id, 0))


def trigger_line(order: Order, number: int) -> str:
    return (
        f"trigger {order.id} {order.account} {order.market} {order.side} {order.order_type}"
        f" {order.time_in_force} {order.prevention} {order.flags} {order.price} {order.quantity}"
        f" {order.quote_amount} {order.stop_price} {order.trailing_delta} {order.display_quantity}"
        f" {order.held} {order.maker_fee_ppm} {order.taker_fee_ppm} {order.accepted_sequence}"
        f" {order.accepted_at_us} {order.expires_at_us} {order.phase.value} {number}"
        f" {order.client_order_id.decode('ascii') or '-'}"
    )


def link_line(links: OrderList) -> str:
    ids = [order.id for order in (links.limit, links.stop)]
    if links.kind == OrderListKind.OCO:
        first, second, third = *ids, 0
    else:
        first, second, third = links.entry.id if links.entry else 0, *ids
    return f"link {links.kind} {links.limit.account} {links.limit.market} {first} {second} {third}"


def second_of(line: str) -> int:
    return int(line.split(" ")[5])


def client_lines(state: State, account: Account) -> Iterator[str]:
    for client_order_id, entry in sorted(account.remembered.items()):
        if is_remembered(account, entry, state.time_us):
            yield (
                f"client {account.id} {client_order_id.decode('ascii')} {entry.order_id}"
                f" {entry.original_sequence} {entry.digest:016x} {entry.closed_at_us} {entry.closed_number}"
            )


def counts_lines(state: State) -> Iterator[str]:
    """What accounts have done in the stretches of the last minute."""
    last = state.time_us // RISK_STRETCH_US
    for market in state.markets.values():
        for (account_id, stretch), c in sorted(market.counts.items(), key=lambda entry: entry[0]):
            if stretch > last - RISK_STRETCHES and c != Counts():
                yield (
                    f"counts {market.id} {account_id} {stretch} {c.notional} {c.cancels} {c.fills}"
                    f" {c.far_orders} {c.prevented} {c.told}"
                )


def held_lines(transfer_id: int, held: HeldTransfer) -> Iterator[str]:
    yield f"held {transfer_id} {held.reference.hex()} {len(held.legs)}"
    for leg in held.legs:
        yield (
            f"leg {leg.debit} {leg.credit} {leg.asset} {leg.reason} {leg.condition} {leg.amount}"
            f" {leg.condition_amount}"
        )
