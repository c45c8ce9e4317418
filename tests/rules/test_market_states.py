"""What becomes of a market, and what it lets happen in each of its states; in both cores."""

import pytest

from cse.domain.limits import CANCELS_MAX
from cse.engine.wire import (
    CancelMarketOrders,
    CancelOrder,
    CreateMarket,
    MarketStatus,
    Side,
)
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import (
    AUCTION,
    CANCEL_ONLY,
    CREATED,
    DELISTED,
    HALTED,
    OPEN,
    amend,
    becomes,
    replace,
)
from tests.rules.orders_of_lists import oco_of_sells
from tests.rules.scenario import (
    ALICE,
    BOB,
    FUNDS,
    GTD,
    IOC,
    NOVA,
    NOW_US,
    USDC,
    Scenario,
    buy,
    market_order,
    nova_usdc,
    sell,
)


def market_in(make_core: MakeCore, status: MarketStatus) -> Scenario:
    """A market without orders in this state."""
    scenario = Scenario(make_core, status=CREATED if status == CREATED else 0)
    if status == DELISTED:
        scenario.do(becomes(CANCEL_ONLY))
    if status not in (CREATED, OPEN):
        scenario.do(becomes(status))
    return scenario


MAY_BECOME = [
    #  from         created  auction  open     halted  cancel-only delisted
    (CREATED,     "yes      yes      yes      no      yes         yes"),
    (AUCTION,     "no       yes      yes      yes     yes         no"),
    (OPEN,        "no       yes      yes      yes     yes         no"),
    (HALTED,      "no       yes      yes      yes     yes         no"),
    (CANCEL_ONLY, "no       yes      yes      yes     yes         yes"),
    (DELISTED,    "no       no       no       no      no          no"),
]  # fmt: skip
COLUMNS = [CREATED, AUCTION, OPEN, HALTED, CANCEL_ONLY, DELISTED]


@both_cores
@pytest.mark.parametrize(
    ("present", "asked", "allowed"),
    [
        pytest.param(present, asked, word == "yes", id=f"{present.name} to {asked.name}")
        for present, words in MAY_BECOME
        for asked, word in zip(COLUMNS, words.split(), strict=True)
    ],
)
def test_a_market_may_become(
    make_core: MakeCore, present: MarketStatus, asked: MarketStatus, allowed: bool
) -> None:
    said = market_in(make_core, present).do(becomes(asked))
    opened = ["uncrossed nothing"] if (present, asked) == (AUCTION, OPEN) else []
    taken = [*opened, f"market {asked.name.lower()}"]
    assert said == (taken if allowed else ["rejected invalid_market_status"])


REFUSED = [
    ("an unknown market", becomes(7, market=2), "market_unknown"),
    ("no status", becomes(0), "invalid_market_status"),
    ("a seventh status", becomes(7), "invalid_market_status"),
    ("an end of what is no auction", becomes(HALTED, NOW_US + 1), "invalid_market_status"),
    ("an auction that ends now", becomes(AUCTION, NOW_US), "invalid_market_status"),
    ("an auction that ended", becomes(AUCTION, -1), "invalid_market_status"),
    ("an auction that ends too late", becomes(AUCTION, 1 << 53), "invalid_market_status"),
]


@both_cores
@pytest.mark.parametrize(("name", "command", "code"), REFUSED, ids=[refused[0] for refused in REFUSED])
def test_refused(make_core: MakeCore, name: str, command: bytes, code: str) -> None:
    scenario = Scenario(make_core)
    before = scenario.core.dump().splitlines()[1:]
    assert scenario.do(command) == [f"rejected {code}"]
    assert scenario.core.dump().splitlines()[1:] == before


@both_cores
@pytest.mark.parametrize("ends_at_us", [NOW_US + 1, (1 << 53) - 1])
def test_an_auction_may_end_between_now_and_the_end_of_time(make_core: MakeCore, ends_at_us: int) -> None:
    assert Scenario(make_core).do(becomes(AUCTION, ends_at_us)) == [f"market auction until {ends_at_us}"]


@both_cores
@pytest.mark.parametrize(
    ("status", "said"),
    [(0, "open"), (OPEN, "open"), (CREATED, "created"), *((each, None) for each in (2, 3, 5, 6, 7))],
)
def test_a_market_is_listed_open_or_created(make_core: MakeCore, status: int, said: str | None) -> None:
    scenario = Scenario(make_core)
    other: CreateMarket = nova_usdc(0, 0, 0)._replace(base=USDC, quote=NOVA, status=status)
    if said is None:
        assert scenario.do(other.encode()) == ["rejected invalid_market"]
        return
    assert scenario.do(other.encode()) == ["MarketCreated"]
    taken = scenario.do(buy(ALICE, 1, 1_000, market=2))
    assert taken == ["accepted 1" if said == "open" else "rejected market_halted"]


LETS_HAPPEN = [
    # status       place            amend            replace
    (OPEN,        "accepted 2",     "amended 1",     "closed 1"),
    (AUCTION,     "accepted 2",     "amended 1",     "closed 1"),
    (HALTED,      "market_halted",  "market_halted", "market_halted"),
    (CANCEL_ONLY, "market_halted",  "market_halted", "market_halted"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(
    ("status", "placed", "amended", "replaced"), LETS_HAPPEN, ids=[each[0].name for each in LETS_HAPPEN]
)
def test_a_market_lets_happen(
    make_core: MakeCore, status: MarketStatus, placed: str, amended: str, replaced: str
) -> None:
    for command, said in (
        (buy(BOB, 5, 990), placed),
        (amend(ALICE, price=991), amended),
        (replace(buy(ALICE, 5, 990), order_id=1), replaced),
        (CancelOrder(ALICE, 1, "").encode(), "closed 1 cancelled"),
    ):
        scenario = Scenario(make_core)
        scenario.do(buy(ALICE, 5, 1_000))
        if status != OPEN:
            scenario.do(becomes(status))
        assert said in scenario.do(command)[0]


@both_cores
@pytest.mark.parametrize("status", [CREATED, DELISTED])
def test_a_market_that_is_not_traded_takes_nothing(make_core: MakeCore, status: MarketStatus) -> None:
    scenario = market_in(make_core, status)
    assert scenario.do(buy(ALICE, 5, 1_000)) == ["rejected market_halted"]
    assert scenario.do(market_order(ALICE, Side.BUY, 5)) == ["rejected market_halted"]


@both_cores
def test_orders_outlast_a_halt_in_their_place(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for account in (ALICE, BOB):
        scenario.do(buy(account, 5, 1_000))
    for status in (HALTED, CANCEL_ONLY, HALTED, OPEN):
        assert scenario.do(becomes(status)) == [f"market {status.name.lower()}"]
    said = scenario.do(sell(ALICE, 6, 1_000, IOC, self_trade_prevention=2))
    assert said[1] == "prevented 5 at 1000 with 1: cancel_oldest, 5 and 6 left"
    assert said[3].startswith("traded 5 at 1000 with 2")


@both_cores
def test_orders_expire_in_a_halted_market(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000, GTD, expires_at_us=NOW_US + 1))
    scenario.do(becomes(HALTED))
    scenario.time_us += 1
    assert scenario.do(becomes(OPEN)) == ["OrdersExpired 1", "closed 1 expired: 0 of 5", "market open"]


@both_cores
def test_only_a_market_without_orders_is_delisted(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(becomes(CANCEL_ONLY))
    assert scenario.do(becomes(DELISTED)) == ["rejected market_has_orders"]
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.do(becomes(DELISTED)) == ["market delisted"]


@both_cores
@pytest.mark.parametrize("status", [OPEN, AUCTION, HALTED, CANCEL_ONLY])
def test_a_market_is_cleared(make_core: MakeCore, status: MarketStatus) -> None:
    """The orders of all accounts go, the oldest first, and those of other markets stay."""
    scenario = Scenario(make_core)
    scenario.do(nova_usdc(0, 0, 0)._replace(base=USDC, quote=NOVA).encode())
    for command in (sell(BOB, 5, 1_001), buy(ALICE, 5, 1_000, market=2), buy(ALICE, 7, 999)):
        assert scenario.do(command)[0].startswith("accepted")
    if status != OPEN:
        scenario.do(becomes(status))
    assert scenario.do(CancelMarketOrders(1).encode()) == [
        "closed 1 cancelled: 0 of 5",
        "closed 3 cancelled: 0 of 7",
        "MarketOrdersCancelled 2",
    ]
    assert scenario.balance(ALICE, USDC) == (FUNDS, 0)
    assert scenario.do(CancelMarketOrders(1).encode()) == ["MarketOrdersCancelled 0"]
    assert scenario.do(CancelMarketOrders(3).encode()) == ["rejected market_unknown"]


@both_cores
def test_a_market_of_many_orders_is_cleared_in_parts(make_core: MakeCore) -> None:
    """The first closes one that is linked, which does not count."""
    scenario = Scenario(make_core)
    scenario.do(oco_of_sells())
    for _ in range(CANCELS_MAX + 1):
        scenario.do(buy(ALICE, 1, 1_000))
    assert scenario.do(CancelMarketOrders(1).encode())[-1] == f"MarketOrdersCancelled {CANCELS_MAX}"
    assert scenario.do(CancelMarketOrders(1).encode()) == [
        f"closed {CANCELS_MAX + 2} cancelled: 0 of 1",
        f"closed {CANCELS_MAX + 3} cancelled: 0 of 1",
        "MarketOrdersCancelled 2",
    ]
