"""Fees in quote units, by the rules of the exchange: rounded up over the running notional of a role."""

from __future__ import annotations

from typing import Final

from cse_client.decimals import divide_up
from cse_client.market import Market

PPM: Final = 1_000_000


def fee_so_far(rate_ppm: int, notional: int) -> int:
    """The fee of a role whose trades come to `notional`; a fill pays the difference to what was before."""
    return divide_up(rate_ppm * notional, PPM)


def highest_rate_ppm(market: Market) -> int:
    """The highest rate that a buy may have to pay; never below zero."""
    return max(market.maker_fee_ppm, market.taker_fee_ppm, 0)


def limit_buy_hold(notional: int, market: Market) -> int:
    """What a limit buy holds when it is taken in: one unit more, as each role is rounded on its own."""
    rate = highest_rate_ppm(market)
    return notional + fee_so_far(rate, notional) + 1 if rate else notional


def resting_buy_hold(notional: int, market: Market) -> int:
    """What the resting part of a limit buy goes on holding, at most."""
    return notional + fee_so_far(max(market.maker_fee_ppm, 0), notional)


def limit_buy_notional(budget: int, market: Market) -> int:
    """The largest notional whose hold as a limit buy is within `budget`."""
    rate = highest_rate_ppm(market)
    spendable = budget - 1 if rate else budget
    return spendable * PPM // (PPM + rate) if spendable > 0 else 0


def taker_buy_notional(budget: int, market: Market) -> int:
    """The largest notional that a taker can buy for `budget`, the fee included."""
    return budget * PPM // (PPM + market.taker_fee_ppm) if budget > 0 else 0


def creator_part(fee: int, market: Market) -> int:
    """The creator's part of a fee, rounded down."""
    return market.creator_share_ppm * fee // PPM if fee > 0 else 0
