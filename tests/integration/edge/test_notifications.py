"""Over HTTP, and out of the ledger itself: who trades and who receives is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from tests.exchange import wait_until
from tests.people import Person, problem


def told(person: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = person.get("/api/notifications")["items"]
    return items


def test_fills_and_what_comes_in_are_told_to_whose_they_are(new_person: Callable[[], Person]) -> None:
    seller, buyer = new_person(), new_person()
    seller.fund("LAB", "10")
    buyer.fund("USDC", "100")
    # Whatever others have left in the book, both have traded then.
    seller.limit("sell", "1", "4")
    buyer.limit("buy", "3", "4")
    seller.limit("sell", "3", "4")
    for person, asset in ((seller, "LAB"), (buyer, "USDC")):
        wait_until(lambda person=person: len(told(person)) == 2, "both notifications")  # type: ignore[misc]
        traded, received = sorted(told(person), key=lambda one: one["kind"], reverse=True)
        assert (traded["kind"], traded["topic"], traded["count"] > 0) == ("traded", "orders", True)
        assert traded["facts"]["market"] == "LAB-USDC"
        assert (received["kind"], received["facts"]["asset"]) == ("received", asset)
        assert received["facts"]["account"] == person.signed_in["account"]
    assert buyer.get("/api/notifications/unread") == {"unread": 2}
    one = told(seller)[0]["id"]
    assert buyer.send("POST", "/api/notifications/read", json={"up_to": one}).status_code == 204
    assert problem(buyer.send("POST", "/api/notifications/read", json={})) == (400, "missing_field")
    newest = told(buyer)[0]["id"]
    assert buyer.send("POST", "/api/notifications/read", json={"up_to": newest}).status_code == 204
    assert buyer.get("/api/notifications/unread") == {"unread": 0}
    assert seller.get("/api/notifications/unread") == {"unread": 2}
    for person in (seller, buyer):
        assert person.send("DELETE", "/api/orders").status_code == 200


def test_a_price_is_told_once_to_whom_it_was_promised(new_person: Callable[[], Person]) -> None:
    seller, buyer = new_person(), new_person()
    seller.fund("LAB", "10")
    buyer.fund("USDC", "100")
    seller.limit("sell", "1", "1")
    buyer.limit("buy", "1", "1")
    last = buyer.get("/api/ticker/LAB-USDC")["last_price"]

    def ask(price: str, direction: str) -> httpx.Response:
        body = {"market": "LAB-USDC", "price": price, "direction": direction}
        return buyer.send("POST", "/api/price-alerts", json=body)

    assert problem(ask(last, "at_or_above")) == (422, "price_reached")
    assert problem(ask("1.00001", "at_or_above")) == (400, "price_off_tick")
    near, far = ask("7.5", "at_or_above").json()["alert"], ask("8.5", "at_or_above").json()["alert"]
    assert (near["price"], near["reached_at"]) == ("7.5000", None)
    seller.limit("sell", "8", "1")
    buyer.limit("buy", "8", "1")

    def of_prices() -> list[dict[str, Any]]:
        return [one for one in told(buyer) if one["kind"] == "price_reached"]

    wait_until(lambda: of_prices() != [], "the price is told")
    (one,) = of_prices()
    assert (one["topic"], one["count"]) == ("alerts", 1)
    assert one["facts"] == {"market": "LAB-USDC", "price": "7.5000", "direction": "at_or_above"}
    waiting, reached = buyer.get("/api/price-alerts")["items"]
    assert (waiting["id"], waiting["reached_at"], reached["id"]) == (far["id"], None, near["id"])
    assert seller.get("/api/price-alerts") == {"items": []}
    for expected in (204, 404):
        assert buyer.send("DELETE", f"/api/price-alerts/{far['id']}").status_code == expected
    for person in (seller, buyer):
        assert person.send("DELETE", "/api/orders").status_code == 200
