"""The rates keep what the core promises, and leave room for each other."""

from __future__ import annotations

from cse.domain import rates
from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_COUNT

TEN_MINUTES_S = 600


def test_ten_minutes_never_let_as_many_orders_through_as_the_core_remembers() -> None:
    most = rates.ORDERS.at_once + rates.ORDERS.per_second * TEN_MINUTES_S
    # The tenth that is missing is for what several processes let through before they hear of each other.
    assert most <= CLIENT_ORDER_ID_MEMORY_COUNT * 9 // 10


def test_all_that_was_placed_can_be_cancelled_as_fast() -> None:
    assert rates.CANCELS.at_once >= 2 * rates.ORDERS.at_once
    assert rates.CANCELS.per_second >= 2 * rates.ORDERS.per_second


def test_one_key_leaves_room_for_its_person() -> None:
    assert rates.REQUESTS.at_once > rates.KEY_REQUESTS.at_once
    assert rates.REQUESTS.per_second > rates.KEY_REQUESTS.per_second


def test_the_window_is_the_time_in_which_an_empty_bucket_fills() -> None:
    assert rates.Rate("any", 10, 5).window_s == 2
    assert rates.Rate("any", 11, 5).window_s == 3
