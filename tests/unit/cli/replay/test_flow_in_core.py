"""A flow comes to the same in the core as in the plain book."""

import os
from collections import Counter
from pathlib import Path

import pytest

from bench.workloads import ASKER, BIDDER, MARKET, as_commands, setup_commands
from cse.cli.replay.flow import Place, Step, generate
from cse.cli.replay.plain_book import Outcome, outcome_of
from cse.cli.replay.source import read_recording
from cse.engine import _native, wire

RECORDING = os.environ.get("CSE_FLOW", "")


def outcome_in_core(steps: list[Step]) -> Outcome:
    core = _native.Core()
    kinds: Counter[int] = Counter()
    turnover = 0
    for sequence, command in enumerate([*setup_commands(), *as_commands(steps)], 1):
        group = core.apply(sequence, 1, command)
        for kind, offset, _ in wire.messages(group, wire.Group.WIDTH):
            kinds[kind] += 1
            if kind == wire.Traded.KIND:
                trade = wire.Traded.decode(group, offset)
                turnover += trade.price * trade.quantity
    assert kinds[wire.OrderRejected.KIND] == 0
    orders = sum(isinstance(step, Place) for step in steps)
    return Outcome(
        orders=orders,
        cancels=len(steps) - orders,
        trades=kinds[wire.Traded.KIND],
        open_orders=sum(
            len(core.open_orders(account, MARKET)) // wire.OrderState.WIDTH for account in (BIDDER, ASKER)
        ),
        missed_cancels=kinds[wire.CommandRejected.KIND],
        turnover=turnover,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated(seed: int) -> None:
    steps = list(generate(seed, 20_000))
    assert outcome_in_core(steps) == outcome_of(steps)


@pytest.mark.skipif(not RECORDING, reason="CSE_FLOW names no recorded flow")
def test_recorded() -> None:
    steps = read_recording(Path(RECORDING))
    outcome = outcome_in_core(steps)
    assert outcome == outcome_of(steps)
    if Path(RECORDING).name == "bitstamp-btcusd-2015-05-01.csv.xz":
        assert outcome == Outcome(24_894, 24_174, 556, 195, 41, 181_668_062_393)
