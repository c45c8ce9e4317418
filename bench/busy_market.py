"""A market that moves many times a second, and what a page that shows it does meanwhile."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from cse_client import CseClient, NewOrder
from cse_client.models import Side

PASSWORD: Final = "correct horse battery staple 7"
# Counts frames, drawings by canvas and frame, commits of React's, messages of workers and long tasks.
COUNT: Final = """() => {
    const counts = window.counts = {};
    counts.reset = () => {
        Object.assign(counts, {frames: 0, commits: 0, messages: 0, drawings: 0, redrawn: [], longTasks: 0});
        window.__cse_counts = {draws: {}, commits: {}};
    };
    counts.reset();
    new PerformanceObserver((list) => { counts.longTasks += list.getEntries().length; })
        .observe({type: "longtask"});
    let drawn = new Map();
    const frame = () => { counts.frames += 1; drawn = new Map(); requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        const times = (drawn.get(this.canvas) ?? 0) + 1;
        drawn.set(this.canvas, times);
        counts.drawings += 1;
        if (times > 1) counts.redrawn.push(this.canvas.parentElement.className);
        return clear.apply(this, box);
    };
    const Own = window.Worker;
    window.Worker = class extends Own {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", () => { counts.messages += 1; });
        }
    };
    window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
        supportsFiber: true, isDisabled: false, renderers: new Map(), inject: () => 1, checkDCE() {},
        onCommitFiberRoot() { counts.commits += 1; }, onCommitFiberUnmount() {}, onPostCommitFiberRoot() {},
        onScheduleFiberRoot() {}, setStrictMode() {},
    };
}"""
START: Final = f"({COUNT})()"
RESET: Final = "counts.reset()"
READ: Final = "({...counts, parts: window.__cse_counts.commits})"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a page did since it was counted anew.

    Attributes:
        redrawn: canvases that were drawn more than once in a frame, by their boxes.
        parts: commits by the part of the page that says so.
    """

    frames: int
    drawings: int
    redrawn: list[str]
    commits: int
    messages: int
    long_tasks: int
    parts: dict[str, int]

    @classmethod
    def of(cls, read: dict[str, Any]) -> Counts:
        """From what `READ` gives."""
        return cls(
            read["frames"], read["drawings"], read["redrawn"], read["commits"], read["messages"],
            read["longTasks"], read["parts"],
        )  # fmt: skip

    @property
    def beside_the_ticket(self) -> int:
        """Commits of the other parts."""
        return sum(count for part, count in self.parts.items() if part != "ticket")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a market moves: orders that come and go without trading, and trades, a second."""

    quotes_per_s: float
    trades_per_s: float


class BusyMarket:
    """People who move a market with a price of about 1, each within the rates that all have.

    Half of them quote: orders come to some levels and go again. The others buy and sell in turn from one
    whose orders rest.
    """

    # Fewer than a person may send in a second.
    EACH_PER_S: Final = 25.0
    LEVELS: Final = 20

    def __init__(self, url: str, market: str) -> None:
        self._url = url
        self._market = market
        self._base, self._quote = market.split("-")
        self._people: list[CseClient] = []

    async def prepare(self) -> None:
        """A book of some levels on each side."""
        maker = await self._person()
        for step in range(self.LEVELS):
            await maker.place_order(self._limit("sell", f"1.0{step + 10}", "500"))
            await maker.place_order(self._limit("buy", f"0.9{89 - step}", "500"))
        await maker.place_order(self._limit("sell", "1.001", "40000"))
        await maker.place_order(self._limit("buy", "0.999", "40000"))

    async def move(self, pace: Pace, seconds: float) -> None:
        """Moves it for so long; a late turn is made up for."""
        loops: list[Awaitable[None]] = []
        for rate, turn in ((pace.quotes_per_s, self._quoting), (pace.trades_per_s, self._trading)):
            count = max(1, -int(-rate // self.EACH_PER_S))
            for number in range(count):
                loops.append(_at_pace(rate / count, seconds, turn(await self._person(), number)))
        await asyncio.gather(*loops)

    async def close(self) -> None:
        """Ends the connections."""
        for person in self._people:
            await person.close()

    def _quoting(self, person: CseClient, number: int) -> Iterator[Callable[[], Awaitable[object]]]:
        """An order comes to a level, and goes at the next turn."""
        placed: list[str] = []

        async def come(side: Side, price: str) -> None:
            placed.append((await person.place_order(self._limit(side, price, "25"))).order.id)

        async def go() -> None:
            await person.cancel_order(placed.pop())

        for turn in itertools.count(number):
            level = turn % self.LEVELS
            side: Side = "buy" if turn % 2 else "sell"
            price = f"0.9{89 - level}5" if side == "buy" else f"1.0{level + 10}5"
            yield lambda side=side, price=price: come(side, price)  # type: ignore[misc]
            yield go

    def _trading(self, person: CseClient, number: int) -> Iterator[Callable[[], Awaitable[object]]]:
        """Takes a little from either side in turn."""
        for turn in itertools.count(number):
            side: Side = "buy" if turn % 2 else "sell"
            order = NewOrder(market=self._market, side=side, type="market", quantity="1")
            yield lambda order=order: person.place_order(order)  # type: ignore[misc]

    async def _person(self) -> CseClient:
        person = CseClient(self._url)
        self._people.append(person)
        await person.sign_up(f"{uuid.uuid4().hex}@example.com", PASSWORD, "Ada")
        for asset in (self._base, self._quote):
            await person.take_from_faucet(asset, "100000")
        return person

    def _limit(self, side: Side, price: str, quantity: str) -> NewOrder:
        return NewOrder(
            market=self._market,
            side=side,
            type="limit",
            price=price,
            quantity=quantity,
            time_in_force="gtc",
        )


async def _at_pace(per_s: float, seconds: float, turns: Iterator[Callable[[], Awaitable[object]]]) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, turn in enumerate(turns):
        due = began + number / per_s
        if due > began + seconds:
            return
        await asyncio.sleep(max(0.0, due - loop.time()))
        await turn()
