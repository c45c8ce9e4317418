"""What orders do to a book, by the reference core: cases against which the clients' estimates are held.

`python -m tests.reference.quote_vectors` writes them to `clients/vectors/quotes.json`. Every number is a
decimal string, as the API has it. The taker is alone with its orders, so that nothing trades with itself.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from cse.domain import codes
from cse.domain.accounts import external_owner
from cse.domain.assets import Asset
from cse.domain.limits import FLAG_POST_ONLY
from cse.domain.markets import Market
from cse.engine import wire
from tests.reference.exchange import ReferenceExchange

PATH: Final = Path(__file__).parents[2] / "clients" / "vectors" / "quotes.json"
CASES: Final = 300
USDC, BASE, FEES, WORLD, MAKER, TAKER, MARKET = 1, 2, 1, 2, 4, 5, 1
MAKER_FUNDS: Final = 10**24

# Tick size and decimals, lot size, decimals of the base, maker and taker fee. The decimals of USDC are 6.
_MARKETS: Final = (
    (1, 5, 100_000, 6, 1_000, 2_000),
    (1, 2, 10_000, 8, 1_000, 2_000),
    (5, 4, 10_000, 6, 0, 0),
    (1, 5, 100_000, 6, -250, 333),
    (1, 0, 1, 6, 1_500, 1_000),
    (1, 6, 1_000_000, 6, 100_000, 100_000),
)


class Drawn(NamedTuple):
    """A case before it is tried: price levels in ticks and lots, best first, and the taker's order."""

    market: Market
    bids: list[tuple[int, int]]
    asks: list[tuple[int, int]]
    available: tuple[int, int]
    order: wire.PlaceOrder


def cases() -> list[dict[str, Any]]:
    """All cases with their outcome, the same every time."""
    return [_tried(drawn) for drawn in _draw(random.Random(20_261_125), CASES)]


def _draw(chance: random.Random, count: int) -> Iterator[Drawn]:
    for _ in range(count):
        tick_size, tick_decimals, lot_size, decimals, maker, taker = chance.choice(_MARKETS)
        market = Market(
            id=MARKET,
            base=Asset(BASE, "LUNA", decimals),
            quote=Asset(USDC, "USDC", 6),
            tick_size=tick_size,
            tick_decimals=tick_decimals,
            lot_size=lot_size,
            min_notional=chance.choice((0, 1_000_000)),
            max_quantity=10**9,
            maker_fee_ppm=maker,
            taker_fee_ppm=taker,
        )
        middle = chance.randint(20, 5_000)
        bids = _side(chance, market, middle, -1)
        asks = _side(chance, market, middle + chance.randint(0, 5), 1)
        value = 3 * middle * sum(lots for _, lots in (*bids, *asks)) * market.tick_lot_units + 2_000_000
        available = (chance.randint(0, value), chance.randint(0, 100_000) * lot_size)
        yield Drawn(market, bids, asks, available, _order(chance, market, middle, value))


def _side(chance: random.Random, market: Market, start: int, step: int) -> list[tuple[int, int]]:
    levels = []
    price = start + step
    for _ in range(chance.randint(0, 6)):
        if price < 1:
            break
        lots = chance.randint(1, 9_000)
        # Each of the orders of a level has to be large enough to rest.
        if lots // 3 * price * market.tick_lot_units >= market.min_notional:
            levels.append((price, lots))
        price += step * chance.randint(1, 9)
    return levels


def _order(chance: random.Random, market: Market, middle: int, value: int) -> wire.PlaceOrder:
    side = chance.choice((wire.Side.BUY, wire.Side.SELL))
    limit = chance.random() < 0.55
    by_amount = not limit and chance.random() < 0.5
    tif = chance.choice((1, 1, 1, 2, 3)) if limit else wire.TimeInForce.IOC
    post_only = limit and tif == wire.TimeInForce.GTC and chance.random() < 0.2
    return wire.PlaceOrder(
        account=TAKER,
        market=MARKET,
        side=side,
        order_type=wire.OrderType.LIMIT if limit else wire.OrderType.MARKET,
        time_in_force=wire.TimeInForce(tif),
        self_trade_prevention=0,
        flags=FLAG_POST_ONLY if post_only else 0,
        price=max(1, middle + chance.randint(-30, 30)) if limit else 0,
        quantity=0 if by_amount else chance.randint(1, 30_000),
        quote_amount=chance.randint(1, value) if by_amount else 0,
        stop_price=0,
        trailing_delta=0,
        display_quantity=0,
        expires_at_us=0,
        client_order_id="",
    )


def _tried(drawn: Drawn) -> dict[str, Any]:
    market, order = drawn.market, drawn.order
    outcome = _Outcome(drawn)
    base, quote = market.base, market.quote
    return {
        "assets": [{"asset": asset.symbol, "decimals": asset.decimals} for asset in (base, quote)],
        "market": _market_view(market),
        "book": {"bids": _levels(market, drawn.bids), "asks": _levels(market, drawn.asks)},
        "available": {"base": base.format(drawn.available[1]), "quote": quote.format(drawn.available[0])},
        "order": {
            "side": "buy" if order.side == wire.Side.BUY else "sell",
            "type": "limit" if order.order_type == wire.OrderType.LIMIT else "market",
            "time_in_force": {1: "gtc", 2: "ioc", 3: "fok"}[order.time_in_force],
            "post_only": order.flags != 0,
            "price": market.format_price(order.price) if order.price else None,
            "quantity": market.format_quantity(order.quantity) if order.quantity else None,
            "quote_amount": quote.format(order.quote_amount) if order.quote_amount else None,
        },
        "expected": outcome.shown(),
    }


class _Outcome:
    """Tries a case in an exchange of its own."""

    def __init__(self, drawn: Drawn) -> None:
        self._market = drawn.market
        self._core = ReferenceExchange()
        self._sequence = 0
        self._list(drawn)
        for side, levels in ((wire.Side.BUY, drawn.bids), (wire.Side.SELL, drawn.asks)):
            for price, lots in levels:
                # Several orders to a level: how its lots are spread must make no difference.
                for part in (lots // 3, lots - lots // 3):
                    if part:
                        self._do(_resting(side, price, part))
        self.events = self._do(drawn.order.encode())

    def shown(self) -> dict[str, Any]:
        """What came of the order."""
        market = self._market
        rejected = [event for event in self.events if isinstance(event, wire.OrderRejected)]
        trades = [event for event in self.events if isinstance(event, wire.Traded)]
        by_price: dict[int, int] = {}
        for trade in trades:
            by_price[trade.price] = by_price.get(trade.price, 0) + trade.quantity
        filled = sum(trade.quantity for trade in trades)
        notional = sum(trade.price * trade.quantity for trade in trades) * market.tick_lot_units
        state = self._core.state
        resting = sum(
            o.quantity - o.filled_quantity for o in state.open_orders.values() if o.account == TAKER
        )
        return {
            "code": codes.BY_NUMBER[rejected[0].code].name if rejected else None,
            "fills": _levels(market, list(by_price.items())),
            "filled_quantity": market.format_quantity(filled),
            "filled_notional": market.quote.format(notional),
            "fee": market.quote.format(sum(trade.taker_fee for trade in trades)),
            "average_price": market.format_average_price(notional, filled) if filled else None,
            "resting_quantity": market.format_quantity(resting),
            "available": {
                "base": market.base.format(self._available(BASE)),
                "quote": market.quote.format(self._available(USDC)),
            },
        }

    def _available(self, asset: int) -> int:
        balance = self._core.state.balances.get((TAKER, asset))
        return 0 if balance is None else balance.available

    def _list(self, drawn: Drawn) -> None:
        market = drawn.market
        self._do(wire.CreateAsset("USDC", 6).encode())
        self._do(wire.CreateAsset("LUNA", market.base.decimals).encode())
        self._do(wire.OpenAccount(bytes(16), wire.AccountKind.SYSTEM).encode())
        for asset in (USDC, BASE):
            self._do(wire.OpenAccount(external_owner(asset), wire.AccountKind.EXTERNAL).encode())
        for owner in (b"maker", b"taker"):
            self._do(wire.OpenAccount(owner.ljust(16), wire.AccountKind.MAIN).encode())
        self._do(_created(market))
        quote, base = drawn.available
        for account, asset, amount in (
            (MAKER, USDC, MAKER_FUNDS),
            (MAKER, BASE, MAKER_FUNDS),
            (TAKER, USDC, quote),
            (TAKER, BASE, base),
        ):
            if amount:
                leg = wire.TransferLeg(WORLD + asset - USDC, account, asset, 0, 0, amount, 0).encode()
                self._do(wire.Transfer(bytes(16), 1).encode(leg))

    def _do(self, command: bytes) -> list[wire.AnyMessage]:
        self._sequence += 1
        group = self._core.apply(self._sequence, self._sequence, command)
        tail = wire.Group.tail(group)
        return [wire.decode_any(tail, offset) for _, offset, _ in wire.messages(tail)]


def _resting(side: wire.Side, price: int, lots: int) -> bytes:
    return wire.PlaceOrder(
        MAKER, MARKET, side, wire.OrderType.LIMIT, wire.TimeInForce.GTC, 0, 1, price, lots, 0, 0, 0, 0, 0, ""
    ).encode()


def _created(market: Market) -> bytes:
    return wire.CreateMarket(
        base=BASE,
        quote=USDC,
        tick_size=market.tick_size,
        lot_size=market.lot_size,
        min_notional=market.min_notional,
        max_quantity=market.max_quantity,
        maker_fee_ppm=market.maker_fee_ppm,
        taker_fee_ppm=market.taker_fee_ppm,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=FEES,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=market.tick_decimals,
    ).encode()


def _market_view(market: Market) -> dict[str, Any]:
    return {
        "market": market.name,
        "base": market.base.symbol,
        "quote": market.quote.symbol,
        "tick_size": market.format_price(1),
        "lot_size": market.format_quantity(1),
        "min_notional": market.quote.format(market.min_notional),
        "max_quantity": market.format_quantity(market.max_quantity),
        "maker_fee_ppm": market.maker_fee_ppm,
        "taker_fee_ppm": market.taker_fee_ppm,
        "creator_share_ppm": 0,
        "max_open_orders": 0,
        "status": "open",
    }


def _levels(market: Market, levels: list[tuple[int, int]]) -> list[list[str]]:
    return [[market.format_price(price), market.format_quantity(lots)] for price, lots in levels]


def text() -> str:
    """The file: one case a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
    return f'{{"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
