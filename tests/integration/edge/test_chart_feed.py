"""The chart feed, asked as a datafeed of the Charting Library asks: by its address alone."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest

from cse.marketdata.chart_feed.resolutions import RESOLUTIONS
from tests.people import Person

MARKET = "LAB-USDC"
FAR = 4_000_000_000


class Datafeed:
    """What the library's UDF datafeed does: it sends these parameters, and looks at nothing but the body."""

    def __init__(self, person: Person) -> None:
        self._client = person.client

    def send(self, path: str, **parameters: Any) -> Any:
        response = self._client.get(f"/api/udf/{path}", params=parameters)
        assert response.status_code == 200, response.text
        return response.json()

    def resolve(self, name: str) -> dict[str, Any] | None:
        found: dict[str, Any] = self.send("symbols", symbol=name)
        return None if "s" in found else found

    def bars(
        self, ticker: str, resolution: str, from_s: int, to_s: int, **more: int
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Bars, and where there are none the time of the last one before."""
        times = {"from": from_s, "to": to_s, **more}
        found = self.send("history", symbol=ticker, resolution=resolution, **times)
        if found["s"] == "no_data":
            return [], found.get("nextTime")
        assert found["s"] == "ok", found
        columns = zip(*(found[name] for name in "tohlcv"), strict=True)
        names = ("time", "open", "high", "low", "close", "volume")
        return [dict(zip(names, row, strict=True)) for row in columns], None

    def whole(self, ticker: str, resolution: str, count: int) -> list[dict[str, Any]]:
        """All bars, so many at a time, going back as a chart that is scrolled does."""
        found: list[dict[str, Any]] = []
        to_s = FAR
        while True:
            bars, _ = self.bars(ticker, resolution, to_s - 60, to_s, countback=count)
            if not bars:
                return found
            assert len(bars) <= count
            assert all(bar["time"] < to_s for bar in bars)
            found = bars + found
            to_s = bars[0]["time"]


@pytest.fixture
def feed(trader: Person, other: Person) -> Datafeed:
    for price, quantity in (("2", "4"), ("3", "1.5"), ("2.5", "2")):
        trader.limit("sell", price, quantity)
        other.limit("buy", price, quantity)
    return Datafeed(trader)


def candles_of(person: Person, interval: str) -> list[dict[str, Any]]:
    """All candles, as bars with the numbers of the feed."""
    return [
        {
            "time": int(datetime.fromisoformat(candle["time"]).timestamp()),
            **{name: float(candle[name]) for name in ("open", "high", "low", "close")},
            "volume": float(candle["base_volume"]),
        }
        for candle in person.get(f"/api/candles/{MARKET}", interval=interval)["items"]
    ]


def test_a_chart_finds_a_market_and_reads_all_its_bars(feed: Datafeed, trader: Person) -> None:
    configuration = feed.send("config")
    assert configuration["supports_search"] is not configuration["supports_group_request"]
    (found,) = feed.send("search", query="LAB", type="", exchange="CSE", limit=30)
    symbol = feed.resolve(found["full_name"])
    assert symbol == feed.resolve(found["ticker"])
    assert symbol is not None
    assert symbol["supported_resolutions"] == configuration["supported_resolutions"] == list(RESOLUTIONS)
    (market,) = (one for one in trader.get("/api/markets")["items"] if one["market"] == MARKET)
    assert symbol["minmov"] / symbol["pricescale"] == float(market["price_unit"])
    for resolution, interval in RESOLUTIONS.items():
        assert feed.whole(symbol["ticker"], resolution, 2) == candles_of(trader, interval.value)


def test_a_chart_that_is_open_sees_the_newest_bars(feed: Datafeed, trader: Person) -> None:
    now_s = int(trader.client.get("/api/udf/time").text)
    assert abs(now_s - time.time()) < 60
    bars, _ = feed.bars(MARKET, "1D", now_s - 86_400, now_s + 1, countback=2)
    assert bars == candles_of(trader, "1d")[-2:]
    trader.limit("buy", "0.01", "100")
    assert feed.bars(MARKET, "D", now_s - 86_400, now_s + 86_400)[0] == bars[-1:]


def test_where_there_are_no_bars_it_hears_where_the_last_ones_are(feed: Datafeed, trader: Person) -> None:
    bars = candles_of(trader, "1s")
    first, last = bars[0]["time"], bars[-1]["time"]
    assert feed.bars(MARKET, "1S", last + 3_600, FAR) == ([], last)
    assert feed.bars(MARKET, "1S", first - 3_600, first) == ([], None)
    assert feed.bars(MARKET, "1S", -5_000_000_000, first, countback=300) == ([], None)
    assert feed.bars(MARKET, "1S", last, last + 1)[0] == bars[-1:]
    assert feed.bars(MARKET, "1S", first, last)[0] == bars[:-1]
    (mark,) = feed.send("timescale_marks", symbol=MARKET, resolution="1S", **{"from": 0, "to": FAR})
    assert mark["time"] == first
    assert feed.send("timescale_marks", symbol=MARKET, resolution="1S", **{"from": last + 1, "to": FAR}) == []


def test_quotes_are_those_of_the_ticker(feed: Datafeed, trader: Person) -> None:
    quotes = feed.send("quotes", symbols=f"CSE:{MARKET},NOPE-USDC")
    assert quotes["s"] == "ok"
    known, unknown = quotes["d"]
    assert unknown == {"s": "error", "n": "NOPE-USDC"}
    assert (known["s"], known["n"]) == ("ok", f"CSE:{MARKET}")
    ticker = trader.get(f"/api/ticker/{MARKET}")
    names = {
        "lp": "last_price", "ch": "change_24h", "open_price": "open_24h", "high_price": "high_24h",
        "low_price": "low_24h", "volume": "base_volume_24h", "bid": "best_bid", "ask": "best_ask",
    }  # fmt: skip
    shown = {name: float(ticker[ours]) for name, ours in names.items() if ticker[ours] is not None}
    assert {name: known["v"][name] for name in shown} == pytest.approx(shown)


@pytest.mark.parametrize(
    ("path", "parameters", "message"),
    [
        ("symbols", {"symbol": "NOPE-USDC"}, "unknown_symbol"),
        ("symbols", {}, "unknown_symbol"),
        ("history", {"symbol": "NOPE-USDC", "resolution": "1", "from": 0, "to": 1}, "unknown_symbol"),
        ("history", {"symbol": MARKET, "resolution": "2", "from": 0, "to": 1}, "unknown resolution"),
        ("history", {"symbol": MARKET, "resolution": "1", "from": 0}, "from and to are seconds since 1970"),
        ("history", {"symbol": MARKET, "resolution": "1", "from": 0, "to": "1e3"}, "from and to are"),
        ("history", {"symbol": MARKET, "resolution": "1", "from": 0, "to": 1, "countback": -1}, "countback"),
        ("quotes", {"symbols": ",".join(["A-B"] * 21)}, "at most 20"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused_in_the_protocol_s_words(
    trader: Person, path: str, parameters: dict[str, Any], message: str
) -> None:
    refused = Datafeed(trader).send(path, **parameters)
    assert refused["s"] == "error"
    assert refused["errmsg"].startswith(message)
