"""The cases that the clients' quotes are held against are what the core answers."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.contract import core_quotes

VECTORS = Path(__file__).parents[2] / "clients" / "vectors" / "quote_core.json"
SEED = 1


def test_vectors_of_quotes_are_what_the_core_answers() -> None:
    """After a change of the rules `CSE_WRITE_VECTORS=1` writes them anew."""
    found = core_quotes.document(SEED)
    cases = found.pop("cases")
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = f'{json.dumps(found)[:-1]},\n"cases": [\n{lines}\n]}}\n'
    if os.environ.get("CSE_WRITE_VECTORS"):
        VECTORS.write_text(text)
    assert VECTORS.read_text() == text


def test_vectors_have_every_outcome() -> None:
    expected = [case["expect"] for case in json.loads(VECTORS.read_text())["cases"]]
    refusals = {one["refused"] for one in expected if "refused" in one}
    assert {"below_min_notional", "insufficient_funds", "post_only_would_take"} <= refusals
    taken = [one for one in expected if "refused" not in one]
    for field in ("filled", "rests", "expires", "taker_fee", "maker_fee"):
        assert sum(float(one[field]) != 0 for one in taken) > 10, field
