"""What streams draw by is `random.Random`, number for number."""

from random import Random

import pytest

from tests.property.chance import Chance

SEEDS = range(20)


def by_weight(source: Random | Chance, weights: list[int]) -> int:
    if isinstance(source, Chance):
        return source.by_weight(list(zip(weights, range(5), strict=True)))
    return source.choices(range(5), weights)[0]


def draws(source: Random | Chance) -> list[object]:
    words = "one of these five words".split()
    return [
        source.random(),
        source.randrange(7),
        source.randrange(3, 1 << 70),
        source.randint(-5, 5),
        source.randint(4, 4),
        source.choice(words),
        *(by_weight(source, [5, 0, 1, 90, 4]) for _ in range(50)),
        source.randbytes(9),
        source.choice([words]),
        source.randrange(1 << 32),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_draws_are_those_of_the_library(seed: int) -> None:
    assert draws(Chance(seed)) == draws(Random(seed))


def test_nothing_cannot_be_drawn_from() -> None:
    chance = Chance(1)
    with pytest.raises(IndexError):
        chance.choice([])
    with pytest.raises(ValueError, match="nothing"):
        chance.randrange(0)
    with pytest.raises(ValueError, match="nothing"):
        chance.randint(3, 2)
