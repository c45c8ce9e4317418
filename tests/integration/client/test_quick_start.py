"""What the papers show of the Python client is run as it stands there."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from cse_client import NewOrder
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("paper", ["README.md", "clients/python/README.md"])
async def test_programs_of_a_paper_run(exchange: RunningExchange, sign_up: SignUp, paper: str) -> None:
    programs = re.findall(r"^```python\n(.*?)^```", (ROOT / paper).read_text(), re.MULTILINE | re.DOTALL)
    assert programs
    for program in programs:
        assert "http://127.0.0.1:8000" in program
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program.replace("http://127.0.0.1:8000", exchange.url)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(("open", "live")), done.stdout

    # An order that the paper leaves resting is taken out of the other tests' way.
    seller = await sign_up(LAB="1000")
    taking = NewOrder(
        market="LAB-USDC", side="sell", type="limit", price="1.25", quantity="1000", time_in_force="ioc"
    )
    await seller.place_order(taking)
    left = (await seller.order_book("LAB-USDC")).bids
    assert [price for price, _ in left if Decimal(price) >= Decimal("1.25")] == []
