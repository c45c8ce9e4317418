"""A published bot, unmodified and live: what its own database says it earned is what the ledger has."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from tests.exchange import RunningExchange, wait_until
from tests.integration.edge.published import made_key
from tests.people import Person

PAPER: Final = Path(__file__).parents[3] / "docs/api/freqtrade.md"
ROUND_TRIPS: Final = 3
# It makes one with each candle of a minute, and a busy machine takes a minute to load it.
TIMEOUT_S: Final = 500.0
MOVES_EACH_S: Final = 1.0
UNIT: Final = Decimal("0.000001")
FUNDS: Final = Decimal(1_000)


def block(language: str) -> str:
    """The one block of a language on the page."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAPER.read_text(), re.MULTILINE | re.DOTALL)
    return str(found)


@contextmanager
def running_bot(exchange: RunningExchange, person: Person, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """freqtrade with a key of the person, as the page has it, its files below `home`; ended after the block."""
    key, secret = made_key(person, "read", "trade")
    (home / "strategies").mkdir()
    (home / "strategies/EveryCandle.py").write_text(block("python"))
    (home / "config.json").write_text(block("json").replace("http://127.0.0.1:8000", exchange.url))
    program = [f"{os.environ['CSE_BOT']}/bin/python", "-m", "freqtrade"]
    options = ["--config", "config.json", "--userdir", ".", "--strategy", "EveryCandle"]
    secrets = {"FREQTRADE__EXCHANGE__KEY": key, "FREQTRADE__EXCHANGE__SECRET": secret}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | secrets
    with (home / "log").open("wb") as log:
        bot = subprocess.Popen(
            [*program, "trade", *options, "--db-url", "sqlite:///bot.sqlite"],
            cwd=home, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield bot
    finally:
        bot.send_signal(signal.SIGINT)
        bot.wait(TIMEOUT_S)


def rows(home: Path, query: str) -> list[dict[str, Any]]:
    """What the bot's database has; nothing as long as it is not there."""
    if not (home / "bot.sqlite").exists():
        return []
    with closing(sqlite3.connect(f"file:{home}/bot.sqlite?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in database.execute(query)]
        except sqlite3.OperationalError:
            return []


def exact(number: float) -> Decimal:
    """A float of the database, to the unit of USDC."""
    return Decimal(number).quantize(UNIT)


class Market:
    """Two who move a market: one quotes both sides, the other one trades with it."""

    def __init__(self, taker: Person, maker: Person) -> None:
        self._taker, self._maker = taker, maker
        self._step, self._moved_s = 0, 0.0

    def move(self) -> None:
        """Quotes around another price, and trades, if a second has passed since."""
        if time.monotonic() - self._moved_s < MOVES_EACH_S:
            return
        self._step += 1
        cents = 100 + 3 * (self._step % 7)
        self.close()
        self._maker.limit("buy", f"{cents / 100:.2f}", "500")
        self._maker.limit("sell", f"{(cents + 1) / 100:.2f}", "500")
        side = "buy" if self._step % 2 else "sell"
        traded = self._taker.place(market="LAB-USDC", side=side, type="market", quantity="1")
        assert traded.status_code == 201, traded.text
        self._moved_s = time.monotonic()

    def close(self) -> None:
        """Takes all offers back."""
        assert self._maker.send("DELETE", "/api/orders").status_code == 200


@pytest.mark.long
def test_the_books_of_freqtrade_are_those_of_the_ledger(
    exchange: RunningExchange, new_person: Any, trader: Person, other: Person, quiet: None, tmp_path: Path
) -> None:
    person: Person = new_person()
    person.fund("USDC", str(FUNDS))
    market = Market(trader, other)

    def market_moves() -> bool:
        """Whether the bot has made its round trips, in a market that moves once a second."""
        assert bot.poll() is None, (tmp_path / "log").read_text()[-4_000:]
        market.move()
        return len(rows(tmp_path, "SELECT id FROM trades WHERE is_open = 0")) >= ROUND_TRIPS

    with running_bot(exchange, person, tmp_path) as bot:
        wait_until(market_moves, f"{ROUND_TRIPS} round trips", TIMEOUT_S)
        # None is begun once there is nobody to trade with, and what it holds then it keeps.
        market.close()

    fills: dict[str, list[dict[str, str]]] = {}
    for fill in person.get("/api/fills", limit=500)["items"]:
        fills.setdefault(fill["order_id"], []).append(fill)
    earned = Decimal(0)
    closed = rows(tmp_path, "SELECT * FROM trades WHERE is_open = 0")
    for trade in closed:
        orders = rows(tmp_path, f"SELECT * FROM orders WHERE ft_trade_id = {trade['id']}")
        sides = {order["ft_order_side"]: order for order in orders}
        assert set(sides) == {"buy", "stoploss", "sell"}
        assert (sides["stoploss"]["status"], sides["stoploss"]["filled"]) == ("canceled", 0)
        money = {}
        for side in ("buy", "sell"):
            own = fills.pop(sides[side]["order_id"])
            quantity = sum(Decimal(fill["quantity"]) for fill in own)
            cost = sum(Decimal(fill["quantity"]) * Decimal(fill["price"]) for fill in own)
            fee = sum(Decimal(fill["fee"]) for fill in own)
            assert {fill["fee_asset"] for fill in own} == {"USDC"}
            assert {fill["side"] for fill in own} == {side}
            assert (exact(sides[side]["filled"]), exact(sides[side]["cost"])) == (quantity, cost)
            word = {"buy": "open", "sell": "close"}[side]
            assert (exact(trade["amount"]), trade[f"fee_{word}_currency"]) == (quantity, "USDC")
            assert (exact(trade[f"fee_{word}_cost"]), exact(trade[f"{word}_rate"])) == (fee, cost / quantity)
            money[side] = cost - fee if side == "sell" else -cost - fee
        assert exact(trade["close_profit_abs"]) == sum(money.values())
        earned += sum(money.values())
    # What it bought while the market was taken away.
    rest = [fill for left in fills.values() for fill in left]
    assert {fill["side"] for fill in rest} <= {"buy"}
    spent = sum(Decimal(fill["quantity"]) * Decimal(fill["price"]) + Decimal(fill["fee"]) for fill in rest)
    held = sum(Decimal(fill["quantity"]) for fill in rest)
    balances = {asset: sum(map(Decimal, both)) for asset, both in person.balances().items()}
    assert balances["USDC"] == FUNDS + earned - spent
    assert balances.get("LAB", 0) == held
    person.send("DELETE", "/api/orders")
