"""The demo's persons: credentials that stay, money within limits, orders whose outcome becomes known."""

from __future__ import annotations

import stat
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from cse.demo.characters import CHARACTERS
from cse.demo.credentials import Credentials, new_credentials, read, read_or_write
from cse.demo.funds import fill_up
from cse.demo.people import enter
from cse.demo.person import process
from cse.demo.robots.trader import OutOfFunds, Trader, WouldTake
from cse.runtime.configuration import Configuration
from cse_client import ApiError, CseClient, NoAnswer, Patience
from tests.unit.demo.listed import market_of
from tests.unit.demo.scripted import Scripted, balances, placed, problem, signed_in

URL = "http://exchange"
WHO = Credentials("maker@robots.cse.example", "a password of old", "Maker")
LUNA = market_of(CHARACTERS[0])
SIGN_IN, SIGN_UP = "/api/auth/sign-in", "/api/auth/sign-up"


@pytest.fixture
def server() -> Scripted:
    scripted = Scripted()
    scripted.on("POST", SIGN_IN, signed_in())
    return scripted


@pytest.fixture
def trader(server: Scripted) -> Callable[[], Trader]:
    return lambda: Trader(URL, server, WHO, {"USDC": Decimal(100)})


async def entered(trader: Trader) -> Trader:
    await enter(trader.client, WHO)
    return trader


def targets(server: Scripted) -> list[str]:
    return [asked.target for asked in server.asked]


def test_credentials_are_written_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "robots.json"
    first = read_or_write(path, [new_credentials("a@x.example", "A")])
    second = read_or_write(path, [new_credentials("b@x.example", "B"), new_credentials("a@x.example", "A")])
    assert second[1] == first[0]
    assert [one.email for one in read(path)] == ["a@x.example", "b@x.example"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len({one.password for one in second}) == 2
    assert list(tmp_path.iterdir()) == [path]


async def test_whom_the_exchange_knows_is_signed_in(server: Scripted) -> None:
    await enter(CseClient(URL, transport=server), WHO)
    assert targets(server) == [SIGN_IN]


async def test_whom_it_does_not_know_is_signed_up(server: Scripted) -> None:
    server.on("POST", SIGN_IN, problem("wrong_credentials", 401))
    server.on("POST", SIGN_UP, signed_in())
    await enter(CseClient(URL, transport=server), WHO)
    assert targets(server) == [SIGN_IN, SIGN_UP]


async def test_whom_it_does_not_let_in_now_is_not_signed_up_again(server: Scripted) -> None:
    server.on("POST", SIGN_IN, problem("too_many_attempts", 429))
    with pytest.raises(ApiError, match="too_many_attempts"):
        await enter(CseClient(URL, transport=server), WHO)
    assert targets(server) == [SIGN_IN]


@pytest.mark.parametrize(
    ("held", "least", "asked"),
    [
        ({}, "1", [("USDC", "100"), ("LUNA", "20.5")]),
        ({"USDC": "100", "LUNA": "20.5"}, "1", []),
        ({"USDC": "41", "LUNA": "8"}, "0.4", [("LUNA", "12.5")]),
        ({"USDC": "99.5", "LUNA": "21"}, "1", [("USDC", "0.5")]),
    ],
)
async def test_only_what_is_missing_is_taken(
    server: Scripted, held: dict[str, str], least: str, asked: list[tuple[str, str]]
) -> None:
    server.on("GET", "/api/balances", balances(**held))
    server.on("POST", "/api/faucet", (201, {"asset": "", "amount": "", "account": "1", "sequence": "1"}))
    client = CseClient(URL, transport=server)
    await enter(client, WHO)
    await fill_up(client, {"USDC": Decimal(100), "LUNA": Decimal("20.5")}, Decimal(least))
    taken = [(one.body["asset"], one.body["amount"]) for one in server.asked if one.target == "/api/faucet"]
    assert taken == asked


async def test_never_more_is_asked_for_than_the_faucet_gives_in_a_day(server: Scripted) -> None:
    server.on("GET", "/api/balances", balances())
    server.on("POST", "/api/faucet", problem("faucet_limit", 422))
    client = CseClient(URL, transport=server)
    await enter(client, WHO)
    await fill_up(client, {"USDC": Decimal(5_000_000), "BTC": Decimal(1)})
    assert [one.body["amount"] for one in server.asked if one.target == "/api/faucet"] == ["1000000", "1"]


async def test_an_order_without_an_answer_is_sent_again_as_the_same_one(
    server: Scripted, trader: Callable[[], Trader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "wait_s", lambda *_: 0.0)
    server.on("POST", "/api/orders", NoAnswer("cut"), NoAnswer("cut"), placed("7"))
    someone = await entered(trader())
    assert await someone.rest(LUNA, "buy", 4_200, 1_000) == "7"
    sent = [one.body for one in server.asked if one.target == "/api/orders"]
    assert len(sent) == 3
    assert len({one["client_order_id"] for one in sent}) == 1
    assert (sent[0]["price"], sent[0]["quantity"], sent[0]["post_only"]) == ("0.04200", "100.0", True)


@pytest.mark.parametrize(
    ("refusal", "raised"),
    [
        (problem("insufficient_funds", 422), OutOfFunds),
        (problem("post_only_would_take", 422), WouldTake),
    ],
)
async def test_refusals_that_robots_act_on(
    server: Scripted, trader: Callable[[], Trader], refusal: tuple[int, object], raised: type[Exception]
) -> None:
    server.on("POST", "/api/orders", refusal)
    someone = await entered(trader())
    with pytest.raises(raised):
        await someone.rest(LUNA, "buy", 4_200, 1_000)


@pytest.mark.parametrize("code", ["order_not_open", "order_unknown"])
async def test_an_order_that_is_gone_is_as_good_as_taken_back(
    server: Scripted, trader: Callable[[], Trader], code: str
) -> None:
    server.on("DELETE", "/api/orders/7", problem(code, 409))
    await (await entered(trader())).cancel("7")
    # Once, and with no error to who asked: there is nothing left to take back.
    assert targets(server)[1:] == ["/api/orders/7"]


async def test_a_session_that_has_ended_for_good_is_begun_anew(
    server: Scripted, trader: Callable[[], Trader]
) -> None:
    server.on("POST", "/api/orders", problem("session_ended", 401), placed("7"))
    server.on("POST", "/api/auth/refresh", problem("refresh_token_invalid", 401))
    someone = await entered(trader())
    assert await someone.rest(LUNA, "buy", 4_200, 1_000) == "7"
    assert targets(server).count(SIGN_IN) == 2


async def test_the_demos_person_is_made_once_and_given_money_once(server: Scripted, tmp_path: Path) -> None:
    configuration = Configuration(data=tmp_path)
    (tmp_path / "secrets").mkdir()
    server.on("POST", SIGN_IN, problem("wrong_credentials", 401))
    server.on("POST", SIGN_UP, signed_in())
    server.on("GET", "/api/balances", balances())
    server.on("POST", "/api/faucet", (201, {"asset": "", "amount": "", "account": "1", "sequence": "1"}))
    server.on("POST", "/api/orders", problem("market_halted", 409), placed("7"))
    server.on("POST", "/api/auth/sign-out", (200, None))
    first = await process.make_person(configuration, CseClient(URL, transport=server))
    asked = len(server.asked)
    assert await process.make_person(configuration, CseClient(URL, transport=server)) == first
    assert len(server.asked) == asked
    path = tmp_path / "secrets" / "demo.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.funded
    # One market that takes no orders keeps the person from no other.
    assert targets(server).count("/api/orders") == len(process.FIRST_TRADES)
