"""The generated flow: the same everywhere, and of the character of a recorded one."""

import pytest

from cse.cli.replay.flow import Cancel, Place, SplitMix64, generate
from cse.cli.replay.plain_book import Outcome, outcome_of


def test_the_random_words_are_those_of_the_published_generator() -> None:
    random = SplitMix64(1234567)
    assert [random.word() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@pytest.mark.parametrize(
    ("seed", "count", "outcome"),
    [
        (1, 49_068, Outcome(24_907, 24_161, 1_124, 241, 619, 916_022_428_083)),
        (2, 49_068, Outcome(24_903, 24_165, 1_261, 235, 758, 1_053_416_829_412)),
        (7, 2_000, Outcome(1_118, 882, 26, 215, 5, 17_468_561_787)),
        (0, 1, Outcome(1, 0, 0, 1, 0, 0)),
        (0, 0, Outcome(0, 0, 0, 0, 0, 0)),
    ],
)
def test_a_seed_has_one_exact_result(seed: int, count: int, outcome: Outcome) -> None:
    assert outcome_of(generate(seed, count)) == outcome


def test_a_shorter_flow_is_the_start_of_a_longer_one() -> None:
    assert list(generate(3, 500)) == list(generate(3, 1_000))[:500]


@pytest.fixture(scope="module")
def flow() -> list[Place | Cancel]:
    return list(generate(5, 20_000))


def test_about_half_of_the_steps_are_cancels(flow: list[Place | Cancel]) -> None:
    cancels = sum(isinstance(step, Cancel) for step in flow)
    assert 45 <= cancels * 100 // len(flow) <= 50


def test_every_cancel_names_an_order_placed_before_and_once_only(
    flow: list[Place | Cancel],
) -> None:
    living: set[int] = set()
    for step in flow:
        if isinstance(step, Place):
            assert step.key not in living
            living.add(step.key)
        else:
            living.remove(step.key)


def test_every_order_is_worth_more_than_the_least_notional(flow: list[Place | Cancel]) -> None:
    one_dollar_tick_lots = 1_000_000
    orders = [step for step in flow if isinstance(step, Place)]
    assert min(order.price_ticks * order.quantity_lots for order in orders) > one_dollar_tick_lots


def test_time_never_goes_back(flow: list[Place | Cancel]) -> None:
    times_ms = [step.at_ms for step in flow]
    assert times_ms == sorted(times_ms)
