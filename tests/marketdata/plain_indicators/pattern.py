"""Forms of candles. S. Nison, Japanese Candlestick Charting Techniques, gives them in words; what is long,
short and near is as TA-Lib's settings have it: ta-lib.org, `TA_SetCandleSettings`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.marketdata.plain_indicators.series import Bars, Series
from tests.marketdata.plain_indicators.trend import Plain


class Form:
    """One bar among those before it."""

    def __init__(self, bars: Bars, at: int) -> None:
        self.bars, self.at = bars, at
        self.opened, self.high, self.low, self.close, _ = (series[at] for series in bars)
        self.body = abs(self.close - self.opened)
        self.colour = 1 if self.close >= self.opened else -1
        self.top, self.bottom = max(self.opened, self.close), min(self.opened, self.close)
        self.over, self.under = self.high - self.top, self.bottom - self.low

    def earlier(self, bars: int = 1) -> Form:
        """The bar so many before."""
        return Form(self.bars, self.at - bars)

    def usual_body(self) -> float:
        """The mean body of the ten bars before."""
        return sum(self.earlier(back).body for back in range(1, 11)) / 10

    def usual_range(self, bars: int = 10) -> float:
        """The mean range of so many bars before."""
        return sum(form.high - form.low for form in map(self.earlier, range(1, bars + 1))) / bars

    @property
    def is_doji(self) -> bool:
        """Opens and closes at about the same price."""
        return self.body <= 0.1 * self.usual_range()

    @property
    def tiny(self) -> float:
        """A shadow shorter than this is as good as none."""
        return 0.1 * self.usual_range()


def _forms(judge: Callable[[Form], int], first: int = 12) -> Plain:
    def plain(bars: Bars) -> list[Series]:
        count = len(bars.close)
        found: Series = [None] * first
        return [[*found, *(100.0 * judge(Form(bars, at)) for at in range(first, count))]]

    return plain


def _doji(form: Form) -> int:
    return int(form.is_doji)


def _dragonfly(form: Form) -> int:
    return int(form.is_doji and form.over < form.tiny < form.under)


def _gravestone(form: Form) -> int:
    return int(form.is_doji and form.under < form.tiny < form.over)


def _spinning_top(form: Form) -> int:
    small = form.body < form.usual_body() and min(form.over, form.under) > form.body
    return form.colour if small else 0


def _marubozu(form: Form) -> int:
    bare = form.body > form.usual_body() and max(form.over, form.under) < form.tiny
    return form.colour if bare else 0


def _engulfing(form: Form) -> int:
    last = form.earlier()
    if form.colour == last.colour or not (form.top >= last.top and form.bottom <= last.bottom):
        return 0
    return form.colour if form.top > last.top or form.bottom < last.bottom else 0


def _harami(form: Form) -> int:
    last = form.earlier()
    if not (last.body > last.usual_body() and form.body <= form.usual_body()):
        return 0
    return -last.colour if form.top <= last.top and form.bottom >= last.bottom else 0


def _hammer(form: Form) -> int:
    last = form.earlier()
    near = last.low + 0.2 * last.usual_range(5)
    return int(
        form.body < form.usual_body()
        and form.under > form.body
        and form.over < form.tiny
        and form.bottom <= near
    )


def _shooting_star(form: Form) -> int:
    gap = form.bottom > form.earlier().top
    small = form.body < form.usual_body() and form.over > form.body and form.under < form.tiny
    return -int(small and gap)


def _outside(form: Form) -> int:
    second = form.earlier()
    first = second.earlier()
    if first.colour == second.colour or not (second.top > first.top and second.bottom < first.bottom):
        return 0
    further = (form.close - second.close) * second.colour > 0
    return second.colour if further else 0


PATTERN: Final[dict[str, Plain]] = {
    "doji": _forms(_doji),
    "dragonfly_doji": _forms(_dragonfly),
    "gravestone_doji": _forms(_gravestone),
    "spinning_top": _forms(_spinning_top),
    "marubozu": _forms(_marubozu),
    "engulfing": _forms(_engulfing),
    "harami": _forms(_harami),
    "hammer": _forms(_hammer),
    "shooting_star": _forms(_shooting_star),
    "outside": _forms(_outside),
}
