"""The words that Binance has for what we have too."""

from __future__ import annotations

from typing import Final

# Their self-trade prevention modes by our words, the usual one first.
PREVENTIONS: Final = {
    "EXPIRE_TAKER": "cancel_newest",
    "EXPIRE_MAKER": "cancel_oldest",
    "EXPIRE_BOTH": "cancel_both",
    "DECREMENT": "decrement",
    "NONE": "none",
}
MODES: Final = {ours: theirs for theirs, ours in PREVENTIONS.items()}

ORDER_TYPES: Final = {
    "LIMIT": "limit",
    "LIMIT_MAKER": "limit",
    "MARKET": "market",
    "STOP_LOSS": "stop_loss",
    "STOP_LOSS_LIMIT": "stop_limit",
    "TAKE_PROFIT": "take_profit",
    "TAKE_PROFIT_LIMIT": "take_profit_limit",
}
# A trailing stop is a stop that has a distance.
TYPES: Final = {
    **{ours: theirs for theirs, ours in ORDER_TYPES.items() if theirs != "LIMIT_MAKER"},
    "trailing_stop": "STOP_LOSS",
}
TIMES_IN_FORCE: Final = {"GTC": "gtc", "IOC": "ioc", "FOK": "fok"}
SIDES: Final = {"BUY": "buy", "SELL": "sell"}
REPLACE_MODES: Final = {"STOP_ON_FAILURE": "stop_on_failure", "ALLOW_FAILURE": "allow_failure"}
RESPONSES: Final = ("ACK", "RESULT", "FULL")
