"""Names of channels are read, and what is none is refused by name."""

import pytest

from cse.domain.errors import CodedError
from cse.marketdata.intervals import Interval
from cse.streams.names import ChannelName, parse_channel


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("orderbook.LAB-USDC", ChannelName("orderbook", "LAB-USDC", None)),
        ("trades.LAB-USDC", ChannelName("trades", "LAB-USDC", None)),
        ("ticker.LAB-USDC", ChannelName("ticker", "LAB-USDC", None)),
        ("market.LAB-USDC", ChannelName("market", "LAB-USDC", None)),
        ("candles.LAB-USDC.1m", ChannelName("candles", "LAB-USDC", Interval.MINUTE_1)),
        ("candles.LAB-USDC.1M", ChannelName("candles", "LAB-USDC", Interval.MONTH_1)),
        ("user.orders", ChannelName("user.orders", "", None)),
        ("user.fills", ChannelName("user.fills", "", None)),
        ("user.notifications", ChannelName("user.notifications", "", None)),
        ("user.balances", ChannelName("user.balances", "", None)),
    ],
)
def test_a_name(name: str, read: ChannelName) -> None:
    assert parse_channel(name) == read


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "channel_unknown"),
        ("orderbook", "channel_unknown"),
        ("orderbook.", "channel_unknown"),
        ("orderbook.LAB-USDC.", "channel_unknown"),
        ("orderbook.LAB-USDC.1m", "channel_unknown"),
        ("ORDERBOOK.LAB-USDC", "channel_unknown"),
        ("user", "channel_unknown"),
        ("user.orders.17", "channel_unknown"),
        ("user.secrets", "channel_unknown"),
        ("candles.LAB-USDC", "channel_unknown"),
        ("candles..1m", "channel_unknown"),
        ("candles.LAB-USDC.", "channel_unknown"),
        ("candles.LAB-USDC.7m", "interval_unknown"),
        ("candles.LAB-USDC.1m.1m", "interval_unknown"),
        ("\x00", "channel_unknown"),
        ("x" * 10_000, "channel_unknown"),
    ],
)
def test_what_is_no_name(name: str, code: str) -> None:
    with pytest.raises(CodedError) as refused:
        parse_channel(name)
    assert refused.value.code.name == code
    assert len(refused.value.sentence) < 200
