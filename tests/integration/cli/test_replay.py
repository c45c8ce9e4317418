"""A flow through the public API comes to exactly what the plain book says."""

import json
import os
from typing import Any

import pytest

from cse.cli.replay.flow import generate
from cse.cli.replay.plain_book import outcome_of
from tests.exchange import RunningExchange

SEED = 3
STEPS = 1_500
RECORDING = os.environ.get("CSE_FLOW", "")


def replayed(exchange: RunningExchange, *arguments: str, timeout_s: float = 120.0) -> dict[str, Any]:
    done = exchange.run("replay", *arguments, "--url", exchange.url, "--json", timeout_s=timeout_s)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_generated_flow_has_its_exact_result(exchange: RunningExchange) -> None:
    flow = ("--generate", str(SEED), "--count", str(STEPS))
    result = replayed(exchange, *flow, "--market", "SOL-USDC", "--create")
    assert result["answered"] == outcome_of(generate(SEED, STEPS))._asdict()
    assert result["differences"] == []
    assert result["refusals"] == {}


@pytest.mark.long
@pytest.mark.skipif(not RECORDING, reason="CSE_FLOW names no recorded flow")
def test_a_recorded_flow_has_its_exact_result(exchange: RunningExchange) -> None:
    result = replayed(exchange, RECORDING, "--market", "ETH-USDC", "--create", timeout_s=600)
    assert result["differences"] == []


def test_a_market_that_is_not_there_is_named(exchange: RunningExchange) -> None:
    done = exchange.run("replay", "--generate", "1", "--market", "NO-USDC", "--url", exchange.url)
    assert done.returncode == 1
    assert "market_unknown" in done.stderr


def test_an_exchange_that_is_not_there_is_named(exchange: RunningExchange) -> None:
    done = exchange.run("replay", "--generate", "1", "--market", "NO-USDC", "--url", "http://127.0.0.1:1")
    assert done.returncode == 1
    assert "./cse up" in done.stderr
