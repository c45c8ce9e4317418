"""The cases that the clients' estimates are held against are those of the core."""

import json

from cse.cli.generate import ROOT
from tests.reference import quote_vectors

PATH = ROOT / "clients" / "vectors" / "quotes.json"


def test_cases_are_not_stale() -> None:
    assert PATH.read_text(encoding="utf-8") == quote_vectors.text()


def test_cases_have_all_that_can_happen() -> None:
    outcomes = [case["expected"] for case in json.loads(PATH.read_text(encoding="utf-8"))["cases"]]
    found = {outcome["code"] for outcome in outcomes}
    assert found == {None, "insufficient_funds", "below_min_notional", "post_only_would_take"}
    assert sum(bool(outcome["fills"]) for outcome in outcomes) > len(outcomes) // 3
    assert sum(outcome["resting_quantity"] != "0" for outcome in outcomes) > len(outcomes) // 10
