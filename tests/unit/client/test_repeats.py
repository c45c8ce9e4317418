"""What is made again, when, and what never is."""

from __future__ import annotations

import pytest

from cse_client import (
    AmendedOrder,
    Answer,
    ApiError,
    ClientError,
    CseClient,
    FundsRefused,
    NewOrder,
    NewOrderList,
    NoAnswer,
    NotPlaced,
    OrderRefused,
    OutcomeUnknown,
    Replacement,
    RequestRefused,
    ServiceRefused,
    Unreachable,
    codes,
)
from tests.unit.client.scripted import (
    Clock,
    Scripted,
    amended,
    answer,
    one,
    order,
    placed,
    problem,
    replaced,
    signed_in,
)

ORDER = NewOrder(market="LAB-USDC", side="buy", type="limit", price="1", quantity="4", client_order_id="mine")
BALANCES = answer({"items": [], "next_cursor": None, "sequence": "12"})
LOST = NoAnswer("cut off")
AWAY = Unreachable("refused")
# What something between here and the exchange says, such as a gateway whose edge has just died.
BAD_GATEWAY = Answer(502, {}, b"<html>")


class Desk:
    """A client over a script, signed in."""

    def __init__(self, *script: Answer | Exception, patience_s: float = 15.0) -> None:
        self.clock = Clock()
        self.transport = Scripted(signed_in(), *script)
        self.client = CseClient(
            "http://x", transport=self.transport, patience=self.clock.patience(patience_s)
        )

    async def sign_in(self) -> CseClient:
        await self.client.sign_in("ada@example.com", "a long pass phrase")
        self.transport.sent.clear()
        return self.client

    def methods(self) -> list[str]:
        return [sent.method for sent in self.transport.sent]


@pytest.mark.parametrize(
    ("failures", "slept"),
    [
        ([AWAY, AWAY, LOST], [0.05, 0.1, 0.2]),
        ([problem("rate_limited", retry_after="3")], [3.0]),
        ([problem("unavailable"), BAD_GATEWAY, problem("not_yet_visible")], [0.05, 0.1, 0.2]),
        ([problem("internal_error")], [0.05]),
        ([AWAY] * 8, [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]),
    ],
    ids=["lost", "told when", "away", "internal", "no longer than two seconds"],
)
async def test_a_read_is_made_again(failures: list[Answer | Exception], slept: list[float]) -> None:
    desk = Desk(*failures, BALANCES)
    client = await desk.sign_in()
    assert await client.balances() == {}
    assert desk.clock.slept == slept
    assert client.sequence == 0 or client.sequence == 12


@pytest.mark.parametrize(
    "name", ["market_halted", "insufficient_funds", "order_unknown", "invalid_decimal", "forbidden"]
)
async def test_what_will_have_the_same_end_is_not_made_again(name: str) -> None:
    desk = Desk(problem(name))
    client = await desk.sign_in()
    with pytest.raises(ApiError) as refused:
        await client.balances()
    assert refused.value.code == name
    assert desk.clock.slept == []


async def test_a_wait_beyond_the_patience_is_not_begun() -> None:
    desk = Desk(problem("faucet_limit", retry_after="3600"))
    client = await desk.sign_in()
    with pytest.raises(ApiError) as refused:
        await client.take_from_faucet("USDC", "1")
    assert (refused.value.code, refused.value.retry_after_s) == ("faucet_limit", 3_600)
    assert desk.clock.slept == []


async def test_without_patience_there_is_one_try() -> None:
    desk = Desk(AWAY, patience_s=0)
    client = await desk.sign_in()
    with pytest.raises(Unreachable):
        await client.balances()


@pytest.mark.parametrize("failure", [AWAY, problem("rate_limited", retry_after="1"), problem("overloaded")])
async def test_an_order_that_had_no_effect_is_sent_again(failure: Answer | Exception) -> None:
    desk = Desk(failure, placed())
    client = await desk.sign_in()
    assert (await client.place_order(ORDER)).order.id == "5"
    assert len(desk.transport.sent) == 2


@pytest.mark.parametrize(
    "failure", [LOST, problem("outcome_unknown"), problem("internal_error"), BAD_GATEWAY]
)
async def test_an_order_that_may_have_had_an_effect_is_not(failure: Answer | Exception) -> None:
    desk = Desk(failure)
    client = await desk.sign_in()
    with pytest.raises(OutcomeUnknown) as unknown:
        await client.place_order(ORDER)
    assert (unknown.value.client_order_id, unknown.value.money) == ("mine", "unknown")


async def test_an_order_gets_a_name_of_its_own() -> None:
    desk = Desk(placed(), placed())
    client = await desk.sign_in()
    for _ in range(2):
        await client.place_order(NewOrder(market="LAB-USDC", side="buy", type="market", quantity="4"))
    names = {sent.body["client_order_id"] for sent in desk.transport.sent}
    assert len(names) == 2
    assert all(0 < len(name) <= 36 for name in names)
    # What was not said is not sent.
    assert set(desk.transport.sent[0].body) == {"market", "side", "type", "quantity", "client_order_id"}


async def test_an_order_tells_with_which_it_is_linked() -> None:
    desk = Desk(one(linked_order_ids=["6", "7"]))
    client = await desk.sign_in()
    assert await client.linked_order_ids("5") == ["6", "7"]
    assert desk.transport.sent[-1].target == "/api/orders/5"


@pytest.mark.parametrize("fires_at", ["2030-01-01T00:00:00.000000Z", None])
async def test_a_cancel_timer_is_read(fires_at: str | None) -> None:
    desk = Desk(answer({"fires_at": fires_at, "sequence": "9"}))
    client = await desk.sign_in()
    assert await client.cancel_timer() == fires_at
    sent = desk.transport.sent[-1]
    assert (sent.method, sent.target) == ("GET", "/api/orders/cancel-after")


async def test_an_amend_says_only_what_is_to_change() -> None:
    desk = Desk(problem("overloaded"), amended())
    client = await desk.sign_in()
    assert (await client.amend_order("5", AmendedOrder(quantity="3"))).order.id == "5"
    sent = desk.transport.sent[-1]
    assert (sent.method, sent.target, sent.body) == ("PATCH", "/api/orders/5", {"quantity": "3"})


async def test_an_amend_whose_answer_is_lost_is_not_made_again() -> None:
    desk = Desk(LOST)
    client = await desk.sign_in()
    with pytest.raises(NoAnswer):
        await client.amend_order("5", AmendedOrder(price="1.1"))
    assert desk.methods() == ["PATCH"]


async def test_the_order_of_a_replacement_gets_a_name_of_its_own() -> None:
    desk = Desk(replaced())
    client = await desk.sign_in()
    unnamed = NewOrder(market="LAB-USDC", side="buy", type="limit", price="1", quantity="4")
    answer = await client.replace_order(Replacement(order=unnamed, cancel_order="4"))
    assert (answer.cancelled, answer.placed and answer.placed.order.id) == ("4", "5")
    sent = desk.transport.sent[0]
    assert (sent.method, sent.target) == ("POST", "/api/orders/replace")
    assert set(sent.body) == {"order", "cancel_order"}
    assert sent.body["order"]["client_order_id"]


async def test_a_replacement_whose_answer_is_lost_leaves_the_outcome_unknown() -> None:
    desk = Desk(LOST)
    client = await desk.sign_in()
    with pytest.raises(OutcomeUnknown) as unknown:
        await client.replace_order(Replacement(order=ORDER, cancel_order="4"))
    assert unknown.value.client_order_id == "mine"
    assert desk.methods() == ["POST"]


async def test_the_first_order_of_a_list_gets_a_name() -> None:
    placed_list = answer(
        {"orders": [order("first"), order()], "fills": [], "prevented": [], "sequence": "9"}, 201
    )
    desk = Desk(placed_list, LOST)
    client = await desk.sign_in()
    unnamed = NewOrder(market="LAB-USDC", side="sell", type="limit", price="2", quantity="4")
    stop = NewOrder(market="LAB-USDC", side="sell", type="stop_loss", stop_price="1", quantity="4")
    listed = NewOrderList(kind="oco", orders=[unnamed, stop])
    assert [order.client_order_id for order in (await client.place_list(listed)).orders] == ["first", "mine"]
    sent = desk.transport.sent[0]
    assert (sent.method, sent.target) == ("POST", "/api/orders/list")
    assert sent.body["orders"][0]["client_order_id"]
    assert "client_order_id" not in sent.body["orders"][1]
    with pytest.raises(OutcomeUnknown):
        await client.place_list(listed)


RESOLVED = {
    "answered": ([placed()], ["POST"]),
    "sent again": ([LOST, BAD_GATEWAY, placed()], ["POST", "POST", "POST"]),
    "the exchange is away meanwhile": ([LOST, AWAY, placed()], ["POST"] * 3),
}


@pytest.mark.parametrize(("script", "methods"), RESOLVED.values(), ids=RESOLVED)
async def test_an_order_is_sent_again_until_it_is_known(
    script: list[Answer | Exception], methods: list[str]
) -> None:
    desk = Desk(*script)
    client = await desk.sign_in()
    assert (await client.place_and_resolve(ORDER)).order.id == "5"
    assert desk.methods() == methods
    assert {sent.body["client_order_id"] for sent in desk.transport.sent} == {"mine"}


async def test_an_order_that_is_only_looked_up_gets_the_answer_that_was_lost() -> None:
    desk = Desk(LOST, problem("order_unknown"), one(), placed())
    client = await desk.sign_in()
    assert (await client.place_and_resolve(ORDER, repeat=False)).order.id == "5"
    assert desk.methods() == ["POST", "GET", "GET", "POST"]


async def test_an_order_that_is_not_there_for_long_was_not_placed() -> None:
    desk = Desk(LOST, *[problem("order_unknown")] * 20)
    client = await desk.sign_in()
    with pytest.raises(NotPlaced) as missing:
        await client.place_and_resolve(ORDER, repeat=False)
    assert missing.value.client_order_id == "mine"
    assert sum(desk.clock.slept) > 6
    assert desk.methods().count("POST") == 1


async def test_an_order_whose_answer_takes_long_has_its_time_from_then_on() -> None:
    desk = Desk(LOST, *[problem("order_unknown")] * 3, one(), placed())
    client = await desk.sign_in()
    desk.transport.before_answer = lambda: desk.clock.pass_by(10.0 if desk.methods()[-1] == "POST" else 0.0)
    assert (await client.place_and_resolve(ORDER, repeat=False, patience_s=600)).order.id == "5"


async def test_a_refusal_after_a_lost_answer_speaks_for_its_own_sending_alone() -> None:
    refusal = problem("insufficient_funds")
    arrived = Desk(LOST, refusal, problem("order_unknown"), one(), placed())
    client = await arrived.sign_in()
    assert (await client.place_and_resolve(ORDER)).order.id == "5"
    assert arrived.methods() == ["POST", "POST", "GET", "GET", "POST"]
    gone = Desk(LOST, refusal, *[problem("order_unknown")] * 20)
    client = await gone.sign_in()
    with pytest.raises(FundsRefused) as refused:
        await client.place_and_resolve(ORDER)
    assert refused.value.code == codes.INSUFFICIENT_FUNDS
    assert sum(gone.clock.slept) > 6
    assert gone.methods().count("POST") == 2


async def test_a_session_that_ends_after_a_lost_answer_leaves_the_outcome_unknown() -> None:
    desk = Desk(LOST, problem("not_authenticated"), problem("refresh_token_invalid"))
    client = await desk.sign_in()
    with pytest.raises(OutcomeUnknown):
        await client.place_and_resolve(ORDER)
    assert desk.clock.slept == [0.05, 0.1]


async def test_an_outcome_that_cannot_be_found_stays_unknown() -> None:
    desk = Desk(*[LOST] * 50)
    client = await desk.sign_in()
    with pytest.raises(OutcomeUnknown) as unknown:
        await client.place_and_resolve(ORDER, patience_s=5)
    assert unknown.value.client_order_id == "mine"
    assert sum(desk.clock.slept) <= 5


@pytest.mark.parametrize("name", ["below_min_notional", "market_halted", "insufficient_funds"])
async def test_an_order_that_is_refused_is_refused_at_once(name: str) -> None:
    desk = Desk(problem(name))
    client = await desk.sign_in()
    with pytest.raises(ClientError) as refused:
        await client.place_and_resolve(ORDER)
    assert refused.value.money == "none"


CANCELS = {
    "answered": ([one("cancelled")], ["DELETE"]),
    "the first try did it": ([LOST, one("cancelled")], ["DELETE", "GET"]),
    "no try did it yet": ([LOST, one("open"), one("cancelled")], ["DELETE", "GET", "DELETE"]),
    "it was filled meanwhile": (
        [LOST, one("open"), problem("order_not_open"), one("filled")], ["DELETE", "GET", "DELETE", "GET"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("script", "methods"), CANCELS.values(), ids=CANCELS)
async def test_a_cancel_is_seen_to_its_end(script: list[Answer | Exception], methods: list[str]) -> None:
    desk = Desk(*script)
    client = await desk.sign_in()
    assert (await client.cancel_order("5")).status in ("cancelled", "filled")
    assert desk.methods() == methods


async def test_a_miss_is_a_refusal() -> None:
    desk = Desk(problem("order_unknown"))
    client = await desk.sign_in()
    with pytest.raises(OrderRefused) as refused:
        await client.cancel_order("5")
    assert refused.value.code == codes.ORDER_UNKNOWN


SIGN_UPS = {
    "answered": [signed_in()],
    "the first try did it": [LOST, signed_in()],
    "the second try did it": [LOST, problem("wrong_credentials"), signed_in()],
}


@pytest.mark.parametrize("script", SIGN_UPS.values(), ids=SIGN_UPS)
async def test_a_sign_up_whose_answer_is_lost_ends_signed_in(script: list[Answer | Exception]) -> None:
    clock = Clock()
    transport = Scripted(*script)
    client = CseClient("http://x", transport=transport, patience=clock.patience())
    assert (await client.sign_up("ada@example.com", "a long pass phrase", "Ada")).account == "7"
    await client.close()
    assert not transport.is_closed, "a shared transport is closed by whoever made it"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"code": 5}', b"\xff"])
async def test_an_answer_that_is_none_of_the_exchange(body: bytes) -> None:
    desk = Desk(Answer(500, {}, body), patience_s=0)
    client = await desk.sign_in()
    with pytest.raises(NoAnswer) as lost:
        await client.balances()
    assert lost.value.money == "unknown"


async def test_a_code_that_this_client_does_not_know_is_a_refusal_nonetheless() -> None:
    body = {
        "type": "", "title": "", "status": 418, "detail": "New.", "code": "brand_new", "retryable": False,
        "money": "none", "instance": "request:1", "what_comes_later": {},
    }  # fmt: skip
    desk = Desk(answer(body, 418))
    client = await desk.sign_in()
    with pytest.raises(ApiError) as refused:
        await client.balances()
    assert type(refused.value) is ApiError
    assert (refused.value.code, refused.value.sentence) == ("brand_new", "New.")


@pytest.mark.parametrize(("name", "kind"), [("rate_limited", RequestRefused), ("overloaded", ServiceRefused)])
async def test_a_refusal_is_of_the_stage_that_refuses(name: str, kind: type[ApiError]) -> None:
    desk = Desk(problem(name), patience_s=0)
    client = await desk.sign_in()
    with pytest.raises(kind):
        await client.balances()
