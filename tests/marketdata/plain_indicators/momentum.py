"""Momentum. Formulas: S. Achelis, Technical Analysis from A to Z; J. W. Wilder, New Concepts in Technical
Trading Systems (RSI); T. Chande and S. Kroll, The New Technical Trader (CMO, StochRSI, forecast, Qstick,
intraday momentum); B. Williams, Trading Chaos (awesome, accelerator); W. Blau, Momentum, Direction and
Divergence (TSI, SMI); A. Elder, Trading for a Living (Elder ray); E. S. C. Coppock (Coppock curve)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tests.marketdata.plain_indicators.series import (
    Bars,
    Series,
    before,
    change,
    each,
    ema,
    highest,
    lowest,
    mean,
    rma,
    rolling,
    sma,
    wma,
)
from tests.marketdata.plain_indicators.trend import Plain, efficiency, line_at


def ups(series: Sequence[float | None]) -> Series:
    """By how much each is above the one before, or 0."""
    return each(lambda step: max(step, 0.0), change(series))


def downs(series: Sequence[float | None]) -> Series:
    """By how much each is below the one before, or 0."""
    return each(lambda step: max(-step, 0.0), change(series))


def _rsi(bars: Bars) -> Series:
    return each(lambda up, down: 100 * up / (up + down), rma(ups(bars.close), 14), rma(downs(bars.close), 14))


def _place(
    high: Sequence[float | None], low: Sequence[float | None], close: Sequence[float | None], length: int
) -> Series:
    """Where the close lies in the range of so many bars, in percent."""
    return each(
        lambda now, top, bottom: 100 * (now - bottom) / (top - bottom) if top > bottom else 0.0,
        close, highest(high, length), lowest(low, length),
    )  # fmt: skip


def _stochastic(bars: Bars) -> list[Series]:
    slow = sma(_place(bars.high, bars.low, bars.close, 14), 3)
    return [slow, sma(slow, 3)]


def _stochastic_fast(bars: Bars) -> list[Series]:
    fast = _place(bars.high, bars.low, bars.close, 14)
    return [fast, sma(fast, 3)]


def _stochastic_rsi(bars: Bars) -> list[Series]:
    rsi = _rsi(bars)
    fast = _place(rsi, rsi, rsi, 14)
    return [fast, sma(fast, 3)]


def _kdj(bars: Bars) -> list[Series]:
    k = rma(_place(bars.high, bars.low, bars.close, 9), 3)
    d = rma(k, 3)
    return [k, d, each(lambda one, two: 3 * one - 2 * two, k, d)]


def _smi(bars: Bars) -> list[Series]:
    top, bottom = highest(bars.high, 10), lowest(bars.low, 10)
    off = each(lambda close, high, low: close - (high + low) / 2, bars.close, top, bottom)
    width = each(lambda high, low: high - low, top, bottom)
    smi = each(lambda part, whole: 100 * part / (whole / 2), ema(ema(off, 3), 3), ema(ema(width, 3), 3))
    return [smi, ema(smi, 3)]


def _macd(bars: Bars) -> list[Series]:
    macd = each(lambda fast, slow: fast - slow, ema(bars.close, 12), ema(bars.close, 26))
    signal = ema(macd, 9)
    return [macd, signal, each(lambda one, two: one - two, macd, signal)]


def percentage_oscillator(series: Sequence[float]) -> Series:
    """How far the average of 12 is from that of 26, in percent."""
    return each(lambda fast, slow: 100 * (fast - slow) / slow, ema(series, 12), ema(series, 26))


def percent_change(series: Sequence[float | None], bars: int) -> Series:
    """Change over so many bars in percent."""
    return each(lambda now, then: 100 * (now - then) / then, series, before(series, bars))


def _trix(bars: Bars) -> list[Series]:
    return [percent_change(ema(ema(ema(bars.close, 18), 18), 18), 1)]


def _tsi(bars: Bars) -> list[Series]:
    steps = change(bars.close)
    ways = each(abs, steps)
    return [each(lambda net, way: 100 * net / way, ema(ema(steps, 25), 13), ema(ema(ways, 25), 13))]


def _cci(bars: Bars) -> list[Series]:
    typical = each(lambda high, low, close: (high + low + close) / 3, bars.high, bars.low, bars.close)

    def index(window: list[float]) -> float:
        middle = mean(window)
        spread = mean([abs(value - middle) for value in window])
        return (window[-1] - middle) / (0.015 * spread)

    return [rolling(typical, 20, index)]


def _cmo(bars: Bars) -> list[Series]:
    return [
        each(
            lambda up, down: 100 * (up - down) / (up + down),
            rolling(ups(bars.close), 9, sum), rolling(downs(bars.close), 9, sum),
        )
    ]  # fmt: skip


def _ultimate(bars: Bars) -> list[Series]:
    pressure = each(lambda close, low, last: close - min(low, last), bars.close, bars.low, before(bars.close))
    ranges = each(
        lambda high, low, last: max(high, last) - min(low, last), bars.high, bars.low, before(bars.close)
    )
    parts = [
        each(lambda one, two: one / two, rolling(pressure, length, sum), rolling(ranges, length, sum))
        for length in (7, 14, 28)
    ]
    return [each(lambda short, middle, long: 100 * (4 * short + 2 * middle + long) / 7, *parts)]


def _awesome(bars: Bars) -> Series:
    median = each(lambda high, low: (high + low) / 2, bars.high, bars.low)
    return each(lambda fast, slow: fast - slow, sma(median, 5), sma(median, 34))


def _accelerator(bars: Bars) -> list[Series]:
    awesome = _awesome(bars)
    return [each(lambda now, average: now - average, awesome, sma(awesome, 5))]


def _bop(bars: Bars) -> list[Series]:
    return [
        each(
            lambda opened, high, low, close: (close - opened) / (high - low) if high > low else 0.0,
            *bars[:4],
        )
    ]


def _coppock(bars: Bars) -> list[Series]:
    both = each(lambda one, two: one + two, percent_change(bars.close, 11), percent_change(bars.close, 14))
    return [wma(both, 10)]


def _dpo(bars: Bars) -> list[Series]:
    return [each(lambda then, average: then - average, before(bars.close, 21 // 2 + 1), sma(bars.close, 21))]


def _elder_ray(bars: Bars) -> list[Series]:
    average = ema(bars.close, 13)
    return [each(lambda price, middle: price - middle, side, average) for side in (bars.high, bars.low)]


def _forecast(bars: Bars) -> list[Series]:
    expected = before(line_at(bars.close, 14, 14))
    return [each(lambda close, line: 100 * (close - line) / close, bars.close, expected)]


def _intraday(bars: Bars) -> list[Series]:
    up = each(lambda opened, close: max(close - opened, 0.0), bars.open, bars.close)
    down = each(lambda opened, close: max(opened - close, 0.0), bars.open, bars.close)
    return [each(lambda one, two: 100 * one / (one + two), rolling(up, 14, sum), rolling(down, 14, sum))]


def _percent_rank(window: list[float]) -> float:
    return 100 * sum(value < window[-1] for value in window[:-1]) / (len(window) - 1)


MOMENTUM: Final[dict[str, Plain]] = {
    "rsi": lambda bars: [_rsi(bars)],
    "stochastic": _stochastic,
    "stochastic_fast": _stochastic_fast,
    "stochastic_rsi": _stochastic_rsi,
    "kdj": _kdj,
    "smi": _smi,
    "macd": _macd,
    "ppo": lambda bars: [percentage_oscillator(bars.close)],
    "apo": lambda bars: [_macd(bars)[0]],
    "trix": _trix,
    "tsi": _tsi,
    "momentum": lambda bars: [change(bars.close, 10)],
    "roc": lambda bars: [percent_change(bars.close, 9)],
    "cci": _cci,
    "cmo": _cmo,
    "williams_r": lambda bars: [each(lambda place: place - 100, _place(bars.high, bars.low, bars.close, 14))],
    "ultimate": _ultimate,
    "awesome": lambda bars: [_awesome(bars)],
    "accelerator": _accelerator,
    "bop": _bop,
    "coppock": _coppock,
    "dpo": _dpo,
    "efficiency": lambda bars: [efficiency(bars, 10)],
    "elder_ray": _elder_ray,
    "forecast": _forecast,
    "intraday_momentum": _intraday,
    "qstick": lambda bars: [sma(each(lambda opened, close: close - opened, bars.open, bars.close), 8)],
    "percent_rank": lambda bars: [rolling(bars.close, 101, _percent_rank)],
}
