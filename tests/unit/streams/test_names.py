"""Names of channels are read, and what is none is refused by name."""

import pytest

from cse.domain.errors import CodedError
from cse.marketdata.intervals import Interval
from cse.streams.names import ChannelName, parse_channel


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("orderbook.LAB-USDC", ChannelName("orderbook", "LAB-USDC")),
        ("trades.LAB-USDC", ChannelName("trades", "LAB-USDC")),
        ("ticker.LAB-USDC", ChannelName("ticker", "LAB-USDC")),
        ("market.LAB-USDC", ChannelName("market", "LAB-USDC")),
        ("bbo.LAB-USDC", ChannelName("bbo", "LAB-USDC")),
        ("depth.LAB-USDC.5", ChannelName("depth", "LAB-USDC", depth=5)),
        ("depth.LAB-USDC.50", ChannelName("depth", "LAB-USDC", depth=50)),
        ("candles.LAB-USDC.1m", ChannelName("candles", "LAB-USDC", Interval.MINUTE_1)),
        ("candles.LAB-USDC.1M", ChannelName("candles", "LAB-USDC", Interval.MONTH_1)),
        ("user.orders", ChannelName("user.orders", "")),
        ("user.fills", ChannelName("user.fills", "")),
        ("user.notifications", ChannelName("user.notifications", "")),
        ("user.balances", ChannelName("user.balances", "")),
    ],
)
def test_a_name(name: str, read: ChannelName) -> None:
    assert parse_channel(name) == read
    assert str(read) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "channel_unknown"),
        ("orderbook", "channel_unknown"),
        ("orderbook.", "channel_unknown"),
        ("orderbook.LAB-USDC.", "channel_unknown"),
        ("orderbook.LAB-USDC.1m", "channel_unknown"),
        ("bbo.LAB-USDC.5", "channel_unknown"),
        ("depth.LAB-USDC", "channel_unknown"),
        ("depth.LAB-USDC.", "channel_unknown"),
        ("depth.LAB-USDC.7", "channel_unknown"),
        ("depth.LAB-USDC.05", "channel_unknown"),
        ("depth.LAB-USDC.5.5", "channel_unknown"),
        ("depth..5", "channel_unknown"),
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
