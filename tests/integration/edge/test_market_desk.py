"""A market from its listing to its end, as operators have it over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.exchange import RunningExchange
from tests.people import Person, problem

MARKET = "DESK-USDC"
PATH = f"/api/admin/markets/{MARKET}"
WHY = {"reason": "a new token"}


@pytest.fixture(scope="module")
def operator(exchange: RunningExchange, new_operator: Callable[..., Person]) -> Person:
    assert exchange.admin("asset", "create", "DESK", "--decimals", "6").returncode == 0
    return new_operator("market")


@pytest.fixture(scope="module")
def other(new_operator: Callable[..., Person]) -> Person:
    return new_operator("market")


def act(operator: Person, path: str, expected: int = 200, /, **body: Any) -> Any:
    answer = operator.send("POST", f"{PATH}{path}", json={**WHY, **body})
    assert answer.status_code == expected, answer.text
    return answer.json()


def approved(asked: dict[str, Any], other: Person) -> dict[str, Any]:
    answer = other.send("POST", f"/api/admin/requests/{asked['id']}/approve")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def now(operator: Person) -> dict[str, Any]:
    items = operator.get("/api/admin/markets")["items"]
    (found,) = [one for one in items if one["market"]["market"] == MARKET]
    return dict(found)


def test_a_market_is_listed_opened_bounded_and_ended(
    exchange: RunningExchange, operator: Person, other: Person
) -> None:
    body = {**WHY, "market": MARKET, "tick_size": "0.01", "lot_size": "0.001"}
    made = operator.send("POST", "/api/admin/markets", json=body)
    assert made.status_code == 201, made.text
    assert (made.json()["market"]["status"], made.json()["last_price"]) == ("created", None)
    rebate = {**body, "maker_fee_ppm": -1}
    assert problem(operator.send("POST", "/api/admin/markets", json=rebate)) == (400, "invalid_field")

    assert act(operator, "/status", status="open")["market"]["status"] == "open"
    unset = {"price_band_ppm": 0, "reference_price": "0"}
    banded = act(operator, "/band", price_band_ppm=50_000, reference_price="2", seen=unset)["market"]
    assert (banded["band_lowest_price"], banded["band_highest_price"]) == ("1.9", "2.1")
    limited = act(operator, "/limits", tick_size="0.05", seen={"tick_size": "0.01"})
    assert limited["market"]["tick_size"] == "0.05"
    called = act(operator, "/status", status="auction", auction_ends_at="2099-01-01T00:00:00Z")
    assert called["market"]["auction_ends_at"] == "2099-01-01T00:00:00.000000Z"
    refused = operator.send("POST", f"{PATH}/status", json={**WHY, "status": "created"})
    assert problem(refused) == (400, "invalid_field")
    assert act(operator, "/cancel-orders")["cancelled"] == 0

    fees = act(operator, "/fees", 202, maker_fee_ppm=-50, taker_fee_ppm=300)
    assert now(operator)["market"]["maker_fee_ppm"] == 1_000
    assert fees["before"] == "maker_fee_ppm=1000, taker_fee_ppm=2000"
    assert problem(operator.send("POST", f"/api/admin/requests/{fees['id']}/approve")) == (403, "own_request")
    approved(fees, other)
    assert now(operator)["market"]["maker_fee_ppm"] == -50
    tier = act(operator, "/fees", 202, maker_fee_ppm=0, taker_fee_ppm=100, tier=2)
    approved(tier, other)
    promotion = act(
        operator, "/promotion", 202, maker_fee_ppm=0, taker_fee_ppm=0, ends_at="2099-01-01T00:00:00Z"
    )
    done = exchange.admin("request", "approve", promotion["id"])
    assert done.returncode == 0, done.stderr
    found = now(operator)
    assert found["tiers"] == [{"tier": 2, "maker_fee_ppm": 0, "taker_fee_ppm": 100}]
    assert found["promotion"]["ends_at"] == "2099-01-01T00:00:00.000000Z"
    shown = exchange.admin("market", "show", MARKET).stdout
    assert f"{MARKET}  auction\n" in shown
    assert "  tier 2: 0 ppm as makers, 100 ppm as takers\n" in shown
    assert operator.send("DELETE", f"{PATH}/promotion").json()["promotion"] is None

    # What the core refuses is said, and stands with the request.
    early = act(operator, "/delist", 202)
    answer = other.send("POST", f"/api/admin/requests/{early['id']}/approve")
    assert problem(answer)[1] == "invalid_market_status"
    (kept,) = [one for one in other.get("/api/admin/requests")["items"] if one["id"] == early["id"]]
    assert (kept["state"], kept["failure"]) == ("approved", "invalid_market_status")
    act(operator, "/status", status="cancel_only")
    approved(act(operator, "/delist", 202), other)
    assert now(operator)["market"]["status"] == "delisted"


def test_the_later_of_two_is_told_what_it_is_now(
    exchange: RunningExchange, operator: Person, other: Person
) -> None:
    path, none = "/api/admin/markets/LAB-USDC/band", {"interruption_window_s": 0}
    assert exchange.admin("market", "band", "LAB-USDC", "--interruption-window-s=0").returncode == 0

    def set_window(who: Person, seconds: int, seen: dict[str, int]) -> Any:
        return who.send("POST", path, json={**WHY, "interruption_window_s": seconds, "seen": seen})

    with ThreadPoolExecutor() as threads:
        asked = [threads.submit(set_window, *one, none) for one in ((operator, 60), (other, 90))]
        first, later = sorted((one.result() for one in asked), key=lambda answer: int(answer.status_code))
    assert (first.status_code, problem(later)) == (200, (409, "version_outdated"))
    now = first.json()["market"]["interruption_window_s"]
    said = later.json()
    assert (said["field"], said["now"]) == ("interruption_window_s", f"interruption_window_s={now}")
    assert problem(set_window(other, 90, {})) == (400, "missing_field")
    # What the machine has set since was not seen either, and another part is another's business.
    assert exchange.admin("market", "band", "LAB-USDC", "--interruption-window-s=5").returncode == 0
    assert problem(set_window(other, 0, {"interruption_window_s": now}))[1] == "version_outdated"
    body = {**WHY, "interruption_auction_s": 0, "seen": {"interruption_auction_s": 0}}
    assert other.send("POST", path, json=body).status_code == 200
    assert set_window(other, 0, {"interruption_window_s": 5}).status_code == 200


def test_a_lower_role_does_none_of_it(operator: Person, new_operator: Callable[..., Person]) -> None:
    support = new_operator("support")
    asked = act(operator, "/fees", 202, maker_fee_ppm=0, taker_fee_ppm=0)
    for path, body in (
        ("/status", {"status": "halted"}),
        ("/fees", {"maker_fee_ppm": 0, "taker_fee_ppm": 0}),
        ("/delist", {}),
    ):
        answer = support.send("POST", f"{PATH}{path}", json={**WHY, **body})
        assert problem(answer) == (403, "role_missing")
    for decision in ("approve", "refuse"):
        answer = support.send("POST", f"/api/admin/requests/{asked['id']}/{decision}", json=WHY)
        assert problem(answer) == (403, "role_missing")
    assert asked["id"] not in [one["id"] for one in support.get("/api/admin/requests")["items"]]
    assert operator.send("DELETE", f"/api/admin/requests/{asked['id']}").status_code == 204


def test_a_role_is_taken_away_by_one_and_gone_at_once(new_operator: Callable[..., Person]) -> None:
    head, viewer = new_operator("head"), new_operator("viewer")
    person = viewer.signed_in["person"]
    assert viewer.send("GET", "/api/admin/markets").status_code == 200
    own = f"/api/admin/operators/{head.signed_in['person']}/roles/head"
    assert problem(head.send("DELETE", own)) == (403, "not_to_oneself")
    assert head.send("DELETE", f"/api/admin/operators/{person}/roles/viewer").status_code == 204
    assert problem(viewer.send("GET", "/api/admin/markets")) == (404, "not_found")
    assert problem(head.send("DELETE", f"/api/admin/operators/{person}/roles/viewer")) == (404, "not_found")
