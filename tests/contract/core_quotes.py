"""What the core makes of random orders on random books, as cases for the clients' quotes."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import msgspec

from cse.domain import codes
from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.assets import Asset
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine._native import Core
from cse.marketdata.views import market_view
from cse.trading.reads.fees import market_fees

BASE, QUOTE = 1, 2
FEES, BASE_WORLD, QUOTE_WORLD, MAKER, TAKER, OTHER = range(1, 7)
FUNDS = 10**18
CASES_OF_A_MARKET = 50
TIER = 3
PROMOTION_ENDS_AT_US = 10**15
# Maker's and taker's rate of the tier and of the promotion.
FEES_OF_CASES: list[tuple[tuple[int, int] | None, tuple[int, int] | None]] = [
    (None, None),
    (None, None),
    ((250, 1_250), None),
    (None, (0, 500)),
    ((100, 400), (-50, 900)),
]

# Tick, tick decimals, lot, base decimals, least notional, fees of maker and taker.
MARKETS = {
    "FINE-USDC": (1, 4, 10_000, 6, 100_000, 1_000, 2_000),
    "COARSE-USDC": (5, 1, 100_000, 8, 0, 0, 1_000),
    "REBATE-USDC": (1, 6, 1_000_000_000, 9, 25_000, -500, 1_500),
    "ODD-USDC": (25, 2, 40_000, 6, 1, 333, 777),
}


class Desk:
    """A core with one market, makers in its book and somebody about to place an order."""

    def __init__(self, name: str) -> None:
        self.core = Core()
        tick, tick_decimals, lot, base_decimals, least, maker_ppm, taker_ppm = MARKETS[name]
        base, quote = Asset(BASE, name.partition("-")[0], base_decimals), Asset(QUOTE, "USDC", 6)
        self.market = Market(
            1, base, quote, tick, tick_decimals, lot, least, 1 << 40, maker_ppm, taker_ppm, fee_account=FEES
        )
        self.send(wire.CreateAsset(base.symbol, base_decimals).encode())
        self.send(wire.CreateAsset("USDC", 6).encode())
        kinds = wire.AccountKind
        self.send(wire.OpenAccount(NO_OWNER, kinds.SYSTEM).encode())
        for asset in (BASE, QUOTE):
            self.send(wire.OpenAccount(external_owner(asset), kinds.EXTERNAL).encode())
        for owner in (b"maker", b"taker", b"other"):
            self.send(wire.OpenAccount(owner.ljust(16), kinds.MAIN).encode())
        self.send(
            wire.CreateMarket(
                base=BASE,
                quote=QUOTE,
                tick_size=tick,
                lot_size=lot,
                min_notional=least,
                max_quantity=1 << 40,
                maker_fee_ppm=maker_ppm,
                taker_fee_ppm=taker_ppm,
                creator_share_ppm=0,
                creator_account=0,
                fee_account=FEES,
                price_band_ppm=0,
                max_open_orders=0,
                tick_decimals=tick_decimals,
                status=0,
            ).encode()
        )
        for account in (MAKER, OTHER):
            self.fund(account, FUNDS, FUNDS)

    def send(self, command: bytes) -> list[wire.AnyMessage]:
        """Carries a command out; its events."""
        core = self.core
        group = core.apply(core.sequence + 1, core.sequence, command)
        events = bytes(wire.Group.tail(group))
        return [wire.decode_any(events, offset) for _, offset, _ in wire.messages(events)]

    def fund(self, account: int, base: int, quote: int) -> None:
        """Gives units of both assets."""
        legs = [(BASE_WORLD, BASE, base), (QUOTE_WORLD, QUOTE, quote)]
        tail = b"".join(
            wire.TransferLeg(world, account, asset, 0, 0, amount, 0).encode()
            for world, asset, amount in legs
            if amount
        )
        count = sum(1 for *_, amount in legs if amount)
        if count:
            self.send(wire.Transfer(b"funds".ljust(16), count).encode(tail))

    def place(self, account: int, side: wire.Side, **order: int) -> list[wire.AnyMessage]:
        """Places an order, limit and GTC unless said otherwise."""
        fields = {
            "order_type": int(wire.OrderType.LIMIT),
            "time_in_force": int(wire.TimeInForce.GTC),
            "flags": 0,
            "price": 0,
            "quantity": 0,
            "quote_amount": 0,
        } | order
        return self.send(
            wire.PlaceOrder(
                account=account, market=1, side=side, self_trade_prevention=0, stop_price=0,
                trailing_delta=0, display_quantity=0, expires_at_us=0, client_order_id="", **fields,
            ).encode()
        )  # fmt: skip

    def free(self, account: int) -> dict[int, int]:
        """Units that are free, by asset."""
        raw = self.core.balances(account)
        found = {BASE: 0, QUOTE: 0}
        for _, offset, _ in wire.messages(raw):
            balance = wire.decode_any(raw, offset)
            assert isinstance(balance, wire.BalanceState)
            found[balance.asset] = balance.available
        return found

    def book(self) -> dict[str, list[list[str]]]:
        """The levels as the API shows them."""
        market = self.market
        return {
            name: [
                [market.format_price(price), market.format_quantity(lots)]
                for price, lots in self.core.depth(1, side, 500)
            ]
            for name, side in (("bids", wire.Side.BUY), ("asks", wire.Side.SELL))
        }


def views() -> dict[str, Any]:
    """The markets and their assets as the API shows them."""
    markets, decimals = [], {"USDC": 6}
    for name in MARKETS:
        market = Desk(name).market
        decimals[market.base.symbol] = market.base.decimals
        markets.append(msgspec.to_builtins(market_view(market)))
    return {"assets": [{"asset": a, "decimals": d} for a, d in sorted(decimals.items())], "markets": markets}


def document(seed: int) -> dict[str, Any]:
    """All cases of a seed."""
    cases = [
        _case(name, number, random.Random(f"{seed} {name} {number}"))
        for name in MARKETS
        for number in range(CASES_OF_A_MARKET)
    ]
    return {**views(), "cases": cases}


def _case(name: str, number: int, dice: random.Random) -> dict[str, Any]:
    desk = Desk(name)
    middle = dice.choice((30, 1_000, 98_765))
    for side, sign in ((wire.Side.BUY, -1), (wire.Side.SELL, 1)):
        for _ in range(dice.randrange(9)):
            price = middle + sign * dice.randrange(1, 13)
            desk.place(
                MAKER, side, price=price, quantity=dice.choice((1, 7, 1_000, dice.randrange(1, 9_999)))
            )
    side, order, fields = _order(desk.market, middle, dice)
    fees = _fees(desk, name, number)
    funds = _funds(desk, fields, dice)
    desk.fund(TAKER, *funds)
    book = desk.book()
    events = desk.place(TAKER, side, **fields)
    return {
        "market": name,
        "book": book,
        "order": order,
        "fees": fees,
        "available": _amounts(desk.market, {BASE: funds[0], QUOTE: funds[1]}),
        "expect": _expected(desk, side, fields, events),
    }


def _fees(desk: Desk, name: str, number: int) -> dict[str, Any] | None:
    """Of each five orders one is of somebody in a fee tier, one comes in a promotion, and one has both.

    What the API then tells of fees; None where the market's own hold.
    """
    tier, promotion = FEES_OF_CASES[number % len(FEES_OF_CASES)]
    if tier is None and promotion is None:
        return None
    if tier is not None:
        desk.send(wire.SetMarketFees(1, *tier, 0, 0, TIER).encode())
        desk.send(wire.SetAccountTier(TAKER, TIER).encode())
    if promotion is not None:
        desk.send(wire.SetMarketPromotion(1, *promotion, PROMOTION_ENDS_AT_US).encode())
    market = wire.MarketState.decode(desk.core.market(1) or b"")
    tiers = desk.core.fee_tiers()
    of_tier = wire.FeeTierState.decode(tiers) if tiers else None
    fees = market_fees(name, market, of_tier, desk.core.time_us)
    desk.market = replace(desk.market, maker_fee_ppm=fees.maker_fee_ppm, taker_fee_ppm=fees.taker_fee_ppm)
    return msgspec.to_builtins(fees)  # type: ignore[no-any-return]


def _order(
    market: Market, middle: int, dice: random.Random
) -> tuple[wire.Side, dict[str, Any], dict[str, int]]:
    side = dice.choice((wire.Side.BUY, wire.Side.SELL))
    lots = dice.choice((1, 500, 5_000, dice.randrange(1, 30_000)))
    order: dict[str, Any] = {"side": side.name.lower(), "type": "market"}
    if dice.random() < 0.2:
        amount = lots * middle * market.tick_lot_units + dice.randrange(3)
        order["quote_amount"] = market.quote.format(amount)
        fields = {"quote_amount": amount}
    elif dice.random() < 0.25:
        order["quantity"] = market.format_quantity(lots)
        fields = {"quantity": lots}
    else:
        price = max(1, middle + dice.randrange(-14, 15))
        name = dice.choice(("gtc", "gtc", "gtc", "ioc", "fok"))
        post_only = name == "gtc" and dice.random() < 0.25
        order |= {
            "type": "limit", "price": market.format_price(price),
            "quantity": market.format_quantity(lots), "time_in_force": name, "post_only": post_only,
        }  # fmt: skip
        return side, order, {
            "price": price, "quantity": lots, "flags": int(post_only),
            "time_in_force": int(wire.TimeInForce[name.upper()]),
        }  # fmt: skip
    fields |= {"order_type": int(wire.OrderType.MARKET), "time_in_force": int(wire.TimeInForce.IOC)}
    return side, order, fields


def _funds(desk: Desk, fields: dict[str, int], dice: random.Random) -> tuple[int, int]:
    """Plenty, or about what it needs: a little more, or a little less."""
    if dice.random() < 0.5:
        return 10**15, 10**15
    market = desk.market
    price = fields.get("price") or max((p for p, _ in desk.core.depth(1, wire.Side.SELL, 1)), default=1)
    cost = fields.get("quote_amount") or fields["quantity"] * price * market.tick_lot_units
    fee = -(-cost * max(market.taker_fee_ppm, 0) // 1_000_000)
    quote = max(0, cost + dice.choice((fee, fee + 1, fee - 1, 0)))
    base = max(0, fields.get("quantity", 10) * market.lot_size - dice.choice((0, 0, 1)))
    return base, quote


def _expected(
    desk: Desk, side: wire.Side, fields: dict[str, int], events: list[wire.AnyMessage]
) -> dict[str, Any]:
    market = desk.market
    rejected = [event for event in events if isinstance(event, wire.OrderRejected)]
    if rejected:
        return {"refused": codes.BY_NUMBER[rejected[0].code].name}
    accepted = next(event for event in events if isinstance(event, wire.OrderAccepted))
    trades = [event for event in events if isinstance(event, wire.Traded)]
    closed = [
        event
        for event in events
        if isinstance(event, wire.OrderClosed) and event.order_id == accepted.order_id
    ]
    lots = sum(trade.quantity for trade in trades)
    notional = sum(trade.notional for trade in trades)
    fee = sum(trade.taker_fee for trade in trades)
    after = desk.free(TAKER)
    rests = 0 if closed else fields["quantity"] - lots
    expires = fields["quantity"] - lots - rests if fields.get("quantity") else 0
    maker_fee = _fee_of_rest(desk, side, fields["price"], rests, accepted.order_id) - fee if rests else 0
    sign = 1 if side is wire.Side.BUY else -1
    resting = fields.get("price", 0) * rests * market.tick_lot_units
    return {
        "filled": market.format_quantity(lots),
        "rests": market.format_quantity(rests),
        "expires": market.format_quantity(expires),
        "notional": market.quote.format(notional),
        "average_price": market.format_average_price(notional, lots) if lots else None,
        "taker_fee": market.quote.format(fee),
        "maker_fee": market.quote.format(maker_fee),
        "total": market.quote.format(notional + resting + sign * (fee + maker_fee)),
        "balance_after": _amounts(market, after),
    }


def _fee_of_rest(desk: Desk, side: wire.Side, price: int, rests: int, order_id: int) -> int:
    """The whole fee of the order once somebody has taken all of its rest."""
    desk.send(wire.CancelAllOrders(MAKER, 0, 0).encode())
    opposite = wire.Side.SELL if side is wire.Side.BUY else wire.Side.BUY
    events = desk.place(OTHER, opposite, price=price, quantity=rests, time_in_force=int(wire.TimeInForce.IOC))
    closed = [event for event in events if isinstance(event, wire.OrderClosed) and event.order_id == order_id]
    return closed[0].fee


def _amounts(market: Market, amounts: dict[int, int]) -> dict[str, str]:
    return {"base": market.base.format(amounts[BASE]), "quote": market.quote.format(amounts[QUOTE])}
