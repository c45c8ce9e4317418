"""The worked examples of the trading rules are what both cores do."""

from functools import partial
from pathlib import Path

import pytest

from tests.reference.exchange import ReferenceExchange
from tests.rules.cases import MakeCore, both_cores
from tests.rules.examples import Example, check, examples
from tests.rules.scenario import Scenario

PAGE = Path(__file__).parents[2] / "docs" / "trading-rules.md"


@both_cores
@pytest.mark.parametrize("example", list(examples(PAGE.read_text(encoding="utf-8"))), ids=str)
def test_a_worked_example_is_true(make_core: MakeCore, example: Example) -> None:
    check(example, partial(Scenario, make_core))


WRONG = """
| Command | What happens | Then |
|---|---|---|
| Bob sells 5 at 1000 | accepted 1 | {then} |
"""


@pytest.mark.parametrize(
    ("then", "complaint"),
    [
        ("Bob holds 5000 NOVA", None),
        ("Bob holds 4000 NOVA", "not 5000"),
        ("Bob has +0 NOVA; Bob holds 0 NOVA", "not 5000"),
        ("asks 5 at 1001", "not 5 at 1000"),
        ("bids 5 at 1000", "not none"),
        ("Bob is content", "nothing that can be looked at"),
    ],
)
def test_an_example_that_is_wrong_is_found(then: str, complaint: str | None) -> None:
    (example,) = examples(WRONG.format(then=then))
    if complaint is None:
        check(example, partial(Scenario, ReferenceExchange))
        return
    with pytest.raises(AssertionError, match=complaint):
        check(example, partial(Scenario, ReferenceExchange))
