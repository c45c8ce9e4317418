"""The TypeScript client, built, on a running exchange."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from cse_client import CseClient, NewOrder
from cse_client.errors import OrderRefused
from cse_client.market import Market
from cse_client.models import Side
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp, take_out_of_the_way

ROOT = Path(__file__).parents[3]
WORKSPACE = Path(os.environ.get("CSE_WORKSPACE") or ROOT)
PACKAGE = WORKSPACE / "clients" / "typescript"
TSC = WORKSPACE / "node_modules" / "typescript" / "bin" / "tsc"
MARKET = "TIDE-USDC"
LANES, ORDERS, COMPARED, MORE_ROUNDS = 4, 200, 20, 20

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not TSC.exists(), reason="the npm workspace is not installed"
)

Report: TypeAlias = dict[str, Any]
Ask: TypeAlias = Callable[[], Awaitable[Report]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's entry as Node runs it."""
    out = tmp_path_factory.mktemp("built")
    arguments = ["node", str(TSC), "-p", str(PACKAGE / "tsconfig.build.json"), "--outDir", str(out)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    (out / "package.json").write_text('{"type": "module"}')
    return out / "index.js"


async def test_the_quick_start_runs_as_it_stands(
    exchange: RunningExchange, sign_up: SignUp, built: Path
) -> None:
    programs = re.findall(r"^```js\n(.*?)^```", (PACKAGE / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    assert len(programs) == 1
    program = programs[0].replace("127.0.0.1:8000", f"127.0.0.1:{exchange.port}")
    done = await asyncio.to_thread(
        subprocess.run,
        ["node", "--input-type=module"],
        input=program.replace("@cse/client/built", str(built)),
        cwd=PACKAGE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["holds 50.100001 USDC", "placed open"]
    await take_out_of_the_way(sign_up)


@asynccontextmanager
async def following(exchange: RunningExchange, built: Path) -> AsyncIterator[Ask]:
    """Follows the market over two connections; gives what asks for a report."""
    program = await asyncio.create_subprocess_exec(
        "node", "tests/exchange/follow.mjs", str(built), f"ws://127.0.0.1:{exchange.port}/ws",
        exchange.url, MARKET,
        cwd=PACKAGE, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 22,
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    written, read = program.stdin, program.stdout

    async def ask() -> Report:
        written.write(b"\n")
        report: Report = json.loads(await read.readline())
        return report

    try:
        yield ask
    finally:
        written.close()
        await asyncio.wait_for(program.wait(), 10)


async def trade(buyer: CseClient, seller: CseClient, market: Market, dice: random.Random) -> None:
    """Orders of two people around one price; some trade, some are cancelled, some stay."""
    for _ in range(ORDERS):
        side: Side = dice.choice(("buy", "sell"))
        price = market.format_price(5_000 + dice.randrange(-20, 21))
        quantity = market.format_quantity(dice.randrange(300, 3_000))
        person = buyer if side == "buy" else seller
        order = NewOrder(market=MARKET, side=side, type="limit", price=price, quantity=quantity)
        placed = await person.place_order(order)
        if placed.order.status == "open" and dice.random() < 0.4:
            # Another may have traded with it meanwhile.
            with suppress(OrderRefused):
                await person.cancel_order(placed.order.id)


async def settled(ask: Ask, client: CseClient) -> tuple[Report, bool]:
    """The report once both connections show what REST shows, and whether they came to do so."""
    market = await client.market(MARKET)
    for _ in range(150):
        shown = await client.order_book(MARKET, depth=500)
        bids, asks = (
            [[str(market.parse_price(price)), str(market.parse_quantity(lots))] for price, lots in side]
            for side in (shown.bids, shown.asks)
        )
        report = await ask()
        expected = (shown.book_sequence, bids, asks)
        if all((one["sequence"], one["bids"], one["asks"]) == expected for one in report["clients"]):
            return report, True
        await asyncio.sleep(0.1)
    return report, False


def has_shown_enough(report: Report) -> bool:
    """Whether the lossy connection lost frames, noticed it, and books of both can be compared.

    A busy machine gathers many changes into one frame, so orders alone do not tell.
    """
    return bool(report["shared"] > COMPARED and report["lost"] > 0 and report["clients"][1]["resyncs"] > 0)


async def test_a_connection_that_loses_frames_holds_the_servers_book_also_across_a_kill(
    exchange: RunningExchange, sign_up: SignUp, built: Path
) -> None:
    buyer, seller = await sign_up(USDC="1000000"), await sign_up(TIDE="400000")
    market = await buyer.market(MARKET)
    seeds = count(1)

    async def trade_in_lanes() -> None:
        dice = [random.Random(next(seeds)) for _ in range(LANES)]
        await asyncio.gather(*(trade(buyer, seller, market, one) for one in dice))

    async with following(exchange, built) as ask:
        await trade_in_lanes()
        exchange.kill_all("streams")
        await trade_in_lanes()
        for _ in range(MORE_ROUNDS):
            if has_shown_enough(await ask()):
                break
            await trade_in_lanes()
        report, same = await settled(ask, buyer)
        for person in (buyer, seller):
            await person.cancel_all()
    assert same, report
    assert has_shown_enough(report), report
    assert report["different"] == 0
    assert [one["gaps"] for one in report["clients"]] == [0, 0]
    assert {one["state"] for one in report["clients"]} == {"live"}
    assert report["clients"][0]["resyncs"] == 0
