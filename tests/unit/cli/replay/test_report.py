"""What a replay says of itself."""

import io

import pytest

from cse.cli.replay.plain_book import Outcome
from cse.cli.replay.report import Progress, as_object, as_table, differences, percentile
from cse.cli.replay.runner import Tally


@pytest.mark.parametrize(
    ("count", "permille", "value"),
    [(0, 500, 0), (1, 500, 1), (1, 999, 1), (4, 500, 2), (100, 990, 99), (1000, 999, 999), (1001, 999, 1000)],
)
def test_percentile(count: int, permille: int, value: int) -> None:
    assert percentile(range(1, count + 1), permille) == value


def tally() -> Tally:
    done = Tally(orders=3, cancels=2, missed_cancels=1, trades=1, turnover=50, open_orders=1)
    done.elapsed_ns = 2_000_000_000
    done.latencies_ns.extend([1_000_000, 2_000_000, 3_000_000, 4_000_000])
    done.refusals["below_min_notional"] += 2
    return done


AS_EXPECTED = Outcome(3, 2, 1, 1, 1, 50)


def test_the_table_names_what_is_not_as_expected() -> None:
    assert "Exactly as expected." in as_table(tally(), AS_EXPECTED)
    wrong = AS_EXPECTED._replace(trades=2, turnover=51)
    assert "NOT AS EXPECTED: trades, sum(price x quantity)." in as_table(tally(), wrong)
    assert differences(tally(), None) == []


def test_the_table_has_refusals_throughput_and_latency() -> None:
    table = as_table(tally(), None)
    assert "below_min_notional 2" in table
    assert "2 requests/s" in table
    assert "P50 2,000  P90 4,000" in table
    assert "expected" not in table


def test_the_object_has_the_same_figures() -> None:
    figures = as_object(tally(), AS_EXPECTED)
    assert figures["answered"] == figures["expected"]
    assert figures["latency_us"] == {"P50": 2000, "P90": 4000, "P99": 4000, "P99.9": 4000}


def test_progress_off_a_terminal_is_a_line_for_every_tenth() -> None:
    out = io.StringIO()
    progress = Progress(40, out)
    for done in range(1, 41):
        progress(done)
    lines = out.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[-1].startswith("100 %  40 of 40")
