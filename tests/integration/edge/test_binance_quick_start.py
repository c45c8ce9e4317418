"""The programs of the page about Binance's dialect, run as they stand there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.published import made_key, published
from tests.people import Person

_PAGE: Final = Path(__file__).parents[3] / "docs" / "api" / "binance.md"
_HERE: Final = "127.0.0.1:8000"


def test_the_programs_of_the_page_run(
    exchange: RunningExchange, trader: Person, quiet: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("ccxt", "ccxt.pro", "binance"):
        published(module)
    programs = re.findall(r"^```python\n(.*?)^```", _PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert len(programs) == 5
    key, secret = made_key(trader, "read", "trade")
    # Later programs of the page go on from what earlier ones have named.
    names: dict[str, Any] = {"KEY": key, "SECRET": secret, "__name__": "a program"}
    # python-binance asks for an event loop, and leaves one open where there is none.
    loop = asyncio.new_event_loop()
    for program in programs:
        asyncio.set_event_loop(loop)
        exec(program.replace(_HERE, exchange.url.partition("://")[2]), names)
        assert capsys.readouterr().out.strip(), program
        for made in ("exchange", "client"):
            if made in names:
                names.pop(made).session.close()
    asyncio.set_event_loop(None)
    loop.close()
