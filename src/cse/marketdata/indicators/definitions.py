"""What an indicator is: its name, what it is computed by and from, what may be chosen, how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb
from typing import Final, Literal, TypeAlias

Family: TypeAlias = Literal["trend", "momentum", "volatility", "volume", "pattern", "price"]
# Over the candles, or in a pane of its own below them.
Placement: TypeAlias = Literal["price", "pane"]
Input: TypeAlias = Literal["open", "high", "low", "close", "volume"]

# What remains of the time before the candles that are read, in values that go on from the one before.
REMAINDER: Final = 1e-6
# As many candles are read at most before the first that is asked for.
WARM_UP_MAX: Final = 2_000
# Those that follow the price until it turns begin anew at each turn.
TURNING_BARS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that may be chosen, from `least` to `greatest`.

    `argument` is its name in TA-Lib. One that is `whole` counts bars, unless it is no `length`.
    """

    name: str
    argument: str
    default: float
    least: float
    greatest: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Smoothing:
    """How values go on from those before: `stages` exponential averages, one over the other.

    `lengths` names their parameters, of which the longest counts; all whole ones where it names none.
    The averages of `wilder` take 1/length of each new value, all others 2/(length + 1).
    """

    lengths: tuple[str, ...] = ()
    stages: int = 1
    wilder: bool = False

    def bars(self, length: float) -> int:
        """After how many bars at most `REMAINDER` of what was before is left, of averages of this length."""
        share = 1 / length if self.wilder else 2 / (length + 1)
        if share >= 1:
            return self.stages
        most = self.stages
        while self._left(share, most) > REMAINDER:
            most *= 2
        least = most // 2
        while least < most:
            middle = (least + most) // 2
            if self._left(share, middle) > REMAINDER:
                least = middle + 1
            else:
                most = middle
        return most

    def _left(self, share: float, bars: int) -> float:
        """The weight of what lies more than so many bars back, in averages over averages."""
        return sum(comb(bars, n) * share**n * (1 - share) ** (bars - n) for n in range(self.stages))


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the table.

    `function` is that of TA-Lib, `inputs` what it takes of each candle, in its order, `outputs` what we
    call what it gives, in its order: the indicator's own name where there is one. A value needs `bars`
    candles and as many more as its `windows` are long together, each as often as it stands there; by
    default every whole parameter once for each stage of smoothing. `since` says that values are sums
    whose level depends on the first candle: on that which is read first, or on that of the day.
    """

    name: str
    title: str
    family: Family
    function: str
    inputs: tuple[Input, ...]
    parameters: tuple[Parameter, ...] = ()
    outputs: tuple[str, ...] = ()
    drawn: Placement = "pane"
    bars: int = 1
    windows: tuple[str, ...] | None = None
    smoothing: Smoothing | None = None
    since: Literal["first", "day"] | None = None

    @property
    def output_names(self) -> tuple[str, ...]:
        """What its values are called."""
        return self.outputs or (self.name,)

    def defaults(self) -> dict[str, float]:
        """The values of all parameters where none is chosen."""
        return {parameter.name: parameter.default for parameter in self.parameters}

    def warm_up(self, values: Mapping[str, float]) -> int:
        """How many earlier candles a value is computed from at least, if there are so many."""
        whole = tuple(parameter.name for parameter in self.parameters if parameter.whole)
        windows, settled = self.windows, 0
        if self.smoothing is not None:
            windows = whole * self.smoothing.stages if windows is None else windows
            settled = self.smoothing.bars(max(values[name] for name in self.smoothing.lengths or whole))
        return (
            self.bars + settled + sum(int(values[name]) for name in (whole if windows is None else windows))
        )


def length(
    default: int, greatest: int = 500, name: str = "length", argument: str = "timeperiod"
) -> Parameter:
    """A number of bars."""
    return Parameter(name, argument, default, 2, greatest)


def factor(name: str, argument: str, default: float, least: float, greatest: float) -> Parameter:
    """A decimal number."""
    return Parameter(name, argument, default, least, greatest, whole=False)


CLOSE: Final[tuple[Input, ...]] = ("close",)
RANGE: Final[tuple[Input, ...]] = ("high", "low")
BAR: Final[tuple[Input, ...]] = ("high", "low", "close")
CANDLE: Final[tuple[Input, ...]] = ("open", "high", "low", "close")
TRADED: Final[tuple[Input, ...]] = ("high", "low", "close", "volume")
WEIGHTED: Final[tuple[Input, ...]] = ("close", "volume")
