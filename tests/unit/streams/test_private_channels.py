"""What only a signed-in connection hears, of the account that it chose."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from cse.streams.channels.notifications import NotificationsChannel
from tests.small_market import BUYER, SELLER, buy, sell
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor, last

BOOK, TRADES = f"orderbook.{NAME}", f"trades.{NAME}"


class TestPrivateChannels:
    """Only for whoever is signed in, and only as long."""

    def test_another_account_hears_nothing_of_it(self, engine: Engine, process: FakeProcess) -> None:
        process.issue("buyer", BUYER)
        process.issue("seller", SELLER)
        seller, buyer = process.connect(), process.connect()
        seller.send('{"op":"authenticate","id":"1","access_token":"seller"}')
        buyer.send('{"op":"authenticate","id":"1","access_token":"buyer"}')
        for one in (seller, buyer):
            one.subscribe("user.orders", "user.fills", "user.balances")
        engine.run(sell(110), sell(111), buy(110, 5))
        process.turn()
        seller.take()
        buyer.take()
        assert {order["account"] for order in seller.client.channels["user.orders"].items} == {str(SELLER)}
        assert {order["account"] for order in buyer.client.channels["user.orders"].items} == {str(BUYER)}
        assert [fill["liquidity"] for fill in buyer.client.channels["user.fills"].items] == ["taker"]
        assert [fill["liquidity"] for fill in seller.client.channels["user.fills"].items] == ["maker"]

    def test_notifications_are_the_persons_and_told_whole(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        notifications = process.hub.notifications
        wanted: list[NotificationsChannel] = []
        notifications.want = wanted.append
        process.issue("one", BUYER)
        visitor.send('{"op":"authenticate","access_token":"one"}')
        visitor.subscribe("user.notifications")
        process.turn()
        visitor.take()
        assert "user.notifications" not in visitor.client.channels, "nobody has read how many there are"
        (channel,) = wanted
        for at_us, unread in ((50, 2), (40, 3), (60, 3)):
            channel.tell(unread, at_us, process.now_s)
        visitor.take()
        told = visitor.client.channels["user.notifications"]
        assert (told.unread, told.snapshots, told.updates, told.sequence) == (3, 3, 0, 60)
        # What is passed on reaches whom it is about, and all after a gap; who goes leaves nothing behind.
        for payload, count in ((str(UUID(int=SELLER)), 1), (str(UUID(int=BUYER)), 2), ("", 3)):
            notifications.changed(payload)
            assert len(wanted) == count
        visitor.send('{"op":"unsubscribe","channels":["user.notifications"]}')
        notifications.changed("")
        assert len(wanted) == 3

    def test_a_key_hears_no_notifications(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("one", BUYER)
        process.callers["one"] = process.callers["one"]._replace(key=UUID(int=5))
        visitor.send('{"op":"authenticate","access_token":"one"}')
        visitor.subscribe("user.notifications")
        assert visitor.client.codes()[-1] == "person_required"

    def test_a_renewal_changes_nothing_but_the_end(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("one", BUYER, session="s", life_s=10)
        process.issue("two", BUYER, session="s", life_s=100)
        visitor.send('{"op":"authenticate","access_token":"one"}')
        visitor.subscribe("user.orders")
        process.pass_time(8)
        visitor.send('{"op":"authenticate","access_token":"two"}')
        process.pass_time(20)
        visitor.take()
        assert "unsubscribed" not in visitor.client.ops()
        assert process.connections.signed_in == 1

    def test_expiry_ends_private_channels_and_no_others(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("one", BUYER, life_s=10)
        visitor.send('{"op":"authenticate","access_token":"one"}')
        visitor.subscribe("user.orders", BOOK)
        process.pass_time(11)
        visitor.take()
        ended = next(told for told in visitor.client.control if told["op"] == "unsubscribed")
        assert ended == {"op": "unsubscribed", "channels": ["user.orders"], "code": "not_authenticated"}
        assert visitor.session.subscriptions == 1
        assert process.connections.signed_in == 0
        assert not process.hub.accounts.listening
        visitor.subscribe("user.orders")
        assert visitor.client.codes()[-1] == "not_authenticated"

    def test_the_end_of_a_sign_in_ends_them_at_once(self, process: FakeProcess) -> None:
        process.issue("here", BUYER, session="ends")
        process.issue("there", BUYER, session="stays")
        here, there = process.connect(), process.connect()
        here.send('{"op":"authenticate","access_token":"here"}')
        there.send('{"op":"authenticate","access_token":"there"}')
        for one in (here, there):
            one.subscribe("user.orders", "user.balances")
        process.connections.end_sign_in("ends")
        here.take()
        there.take()
        assert last(here)["code"] == "session_ended"
        assert last(here)["channels"] == ["user.orders", "user.balances"]
        assert "unsubscribed" not in there.client.ops()
        process.connections.end_sign_in("never heard of")

    def test_another_account_on_the_same_socket_ends_those_of_the_first(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.issue("seller", SELLER)
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.balances")
        visitor.send('{"op":"authenticate","access_token":"seller"}')
        assert visitor.client.ops()[-2:] == ["unsubscribed", "authenticated"]
        assert not process.hub.accounts.listening

    def test_a_position_is_of_no_use_to_another_account(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("buyer", BUYER)
        process.issue("buyer again", BUYER)
        process.issue("seller", SELLER)

        def snapshots_after(*tokens: str) -> dict[str, int]:
            for token in tokens:
                visitor.send(f'{{"op":"authenticate","access_token":"{token}"}}')
            visitor.subscribe("user.balances", BOOK)
            return {name: channel.snapshots for name, channel in visitor.client.channels.items()}

        assert snapshots_after("buyer") == {"user.balances": 1, BOOK: 1}
        assert snapshots_after("buyer again") == {"user.balances": 1, BOOK: 1}
        process.connections.end_sign_in("buyer again")
        assert snapshots_after("seller") == {"user.balances": 2, BOOK: 1}
        # The first one's picture may be older than the second's, or be it.
        assert snapshots_after("buyer") == {"user.balances": 3, BOOK: 1}

    def test_a_bad_token_leaves_things_as_they_are(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("buyer", BUYER)
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.balances")
        visitor.send('{"op":"authenticate","access_token":"forged"}')
        assert visitor.session.subscriptions == 1
        assert visitor.client.codes() == ["not_authenticated"]

    def test_nothing_is_kept_of_an_account_that_nobody_listens_to(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.orders", "user.fills", "user.balances")
        assert list(process.hub.accounts.listening) == [BUYER]
        visitor.leave()
        assert not process.hub.accounts.listening
        assert process.connections.signed_in == 0
        assert process.connections.count == 0


class TestChosenAccounts:
    """A person hears any of their accounts, one on each connection."""

    async def sign_in(self, visitor: Visitor, account: int | str, token: str = "buyer") -> None:
        visitor.send(f'{{"op":"authenticate","access_token":"{token}","account":"{account}"}}')
        for _ in range(4):
            await asyncio.sleep(0)
        visitor.take()

    async def test_the_chosen_one_is_heard_and_no_other(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains[SELLER] = BUYER
        await self.sign_in(visitor, SELLER)
        assert last(visitor)["account"] == str(SELLER)
        visitor.subscribe("user.orders")
        engine.run(sell(110), buy(90))
        process.turn()
        visitor.take()
        assert {order["account"] for order in visitor.client.channels["user.orders"].items} == {str(SELLER)}
        # What was looked up once is known.
        visitor.send(f'{{"op":"authenticate","access_token":"buyer","account":"{SELLER}"}}')
        assert visitor.client.ops()[-1] == "authenticated"
        assert "unsubscribed" not in visitor.client.ops()

    @pytest.mark.parametrize("account", [SELLER, 0, "x", 4_000_000_000])
    async def test_anothers_is_answered_like_one_that_is_not_there(
        self, process: FakeProcess, visitor: Visitor, account: int | str
    ) -> None:
        process.issue("buyer", BUYER)
        await self.sign_in(visitor, account)
        assert visitor.client.codes() == ["account_unknown"]
        assert visitor.session.caller is None

    async def test_who_chooses_another_hears_no_more_of_the_first(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains[SELLER] = BUYER
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.balances")
        await self.sign_in(visitor, SELLER)
        assert visitor.client.ops()[-2:] == ["unsubscribed", "authenticated"]
        assert not process.hub.accounts.listening

    async def test_a_sign_in_that_ended_while_its_account_was_looked_up_opens_nothing(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains[SELLER] = BUYER
        visitor.send(f'{{"op":"authenticate","access_token":"buyer","account":"{SELLER}"}}')
        del process.callers["buyer"]
        process.connections.end_sign_in("buyer")
        for _ in range(4):
            await asyncio.sleep(0)
        visitor.take()
        assert visitor.client.codes() == ["not_authenticated"]
        assert (visitor.session.caller, process.connections.signed_in) == (None, 0)

    @pytest.mark.parametrize("last_account", [BUYER, 9, None])
    async def test_of_two_in_a_row_the_later_one_holds_however_long_the_first_takes(
        self, process: FakeProcess, visitor: Visitor, last_account: int | None
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains |= {SELLER: BUYER, 9: BUYER}
        process.owners.held[SELLER] = asyncio.Event()
        await self.sign_in(visitor, SELLER)
        chosen = "" if last_account is None else f',"account":"{last_account}"'
        visitor.send(f'{{"op":"authenticate","access_token":"buyer"{chosen}}}')
        for _ in range(4):
            await asyncio.sleep(0)
        visitor.take()
        assert "authenticated" not in visitor.client.ops(), "each in its turn"
        process.owners.held[SELLER].set()
        for _ in range(16):
            await asyncio.sleep(0)
        visitor.take()
        answers = [one["account"] for one in visitor.client.control if one["op"] == "authenticated"]
        assert answers == [str(SELLER), str(last_account or BUYER)]
        assert visitor.session.caller is not None
        assert visitor.session.caller.account == (last_account or BUYER)
