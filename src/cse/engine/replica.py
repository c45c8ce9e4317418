"""The replica without sockets or clock of its own: queries in, readings out.

A reading reflects at least what was durable when its query came, and the sequence that the query
names. What is not reached yet waits, for a short while.

Following must not fail. What a query reads of the event log may: the core does not need it, so that
query gets a code, and the others their readings.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Final, NamedTuple

from cse.domain import codes
from cse.engine import queries, wire
from cse.engine._native import JournalDamaged, Replica, StorageFailed
from cse.engine.framing import Framing
from cse.engine.message import messages
from cse.engine.models import Depth, Past
from cse.engine.readings import Dated, open_order

QUERY_LENGTH_MAX: Final = 4_096
VISIBLE_WITHIN_S: Final = 0.2
# What is applied at a time, so that queries are answered while the replica catches up.
STEP: Final = 50_000
# OrderState and TriggerState begin with it.
_ORDER_ID: Final = Struct("<8xQ")


class Waiting(NamedTuple):
    """A query whose sequence is not reached yet."""

    connection: int
    number: int
    min_sequence: int
    question: queries.Question
    deadline_s: float


class Reader:
    """Answers the queries of all connections."""

    def __init__(
        self,
        replica: Replica,
        *,
        uptime_s: Callable[[], float] = float,
        report: Callable[[queries.Question, Exception], None] = lambda _question, _error: None,
    ) -> None:
        """`report` is told of each query that the event log could not answer."""
        self._replica = replica
        self._report = report
        self._uptime_s = uptime_s
        self._framings: dict[int, Framing] = {}
        self._waiting: list[Waiting] = []
        self._answered = 0

    @property
    def is_waiting(self) -> bool:
        """Whether a query waits for its sequence."""
        return bool(self._waiting)

    def connected(self, connection: int) -> None:
        self._framings[connection] = Framing(QUERY_LENGTH_MAX)

    def disconnected(self, connection: int) -> None:
        self._framings.pop(connection, None)
        self._waiting = [query for query in self._waiting if query.connection != connection]

    def receive(self, connection: int, data: bytes, now_s: float) -> bytes:
        """Takes bytes of a connection; returns the readings that can be given at once.

        Raises:
            Malformed: the connection must be dropped.
        """
        replies = []
        watermark = self._replica.watermark
        for frame in self._framings[connection].feed(data):
            query, question = queries.decode(frame)
            if question is None:
                sequence = self._replica.sequence
                replies.append(queries.encode_failure(query.request_id, sequence, queries.UNKNOWN_QUESTION))
                continue
            min_sequence = max(query.min_sequence, watermark)
            replies.append(
                self._reply(
                    Waiting(connection, query.request_id, min_sequence, question, now_s + VISIBLE_WITHIN_S)
                )
            )
        return b"".join(replies)

    def follow(self, now_s: float) -> list[tuple[int, bytes]]:
        """Applies what has become durable; returns the readings that this made possible, and the
        refusals of what has waited too long."""
        self._replica.follow(STEP)
        waiting, self._waiting = self._waiting, []
        replies = [(query.connection, self._reply(query, now_s)) for query in waiting]
        return [(connection, reply) for connection, reply in replies if reply]

    def status(self) -> dict[str, object]:
        """How the replica is: what `./cse status` shows, and what the metrics are made of."""
        replica = self._replica
        watermark = replica.watermark
        return {
            "service": "replica",
            "uptime_s": int(self._uptime_s()),
            "epoch": replica.epoch,
            "sequence": replica.sequence,
            "watermark": watermark,
            "lag": max(watermark - replica.sequence, 0),
            "time_us": replica.time_us,
            "leader_process_id": replica.leader_process_id,
            "recent": replica.recent_count,
            "recent_from": replica.recent_from,
            "connections": len(self._framings),
            "waiting": len(self._waiting),
            "answered": self._answered,
        }

    def _reply(self, query: Waiting, now_s: float = 0.0) -> bytes:
        """The reading, a refusal, or nothing yet."""
        if isinstance(query.question, queries.Status):
            return queries.encode_reading(query.number, self._replica.sequence, self.status())
        if self._replica.sequence < query.min_sequence:
            self._replica.follow(STEP)
        sequence = self._replica.sequence
        if sequence < query.min_sequence:
            if now_s < query.deadline_s:
                self._waiting.append(query)
                return b""
            return queries.encode_failure(query.number, sequence, codes.NOT_YET_VISIBLE.number)
        try:
            value = answer(self._replica, query.question)
        except (JournalDamaged, StorageFailed) as error:
            self._report(query.question, error)
            return queries.encode_failure(query.number, sequence, codes.UNAVAILABLE.number)
        self._answered += 1
        return queries.encode_reading(query.number, sequence, value)


def answer(replica: Replica, question: queries.Question) -> object:  # noqa: C901 - one line a kind
    """The value of one reading, as `readings` understands it."""
    match question:
        case queries.Assets():
            return replica.assets()
        case queries.Markets():
            return replica.markets()
        case queries.MarketNow(market):
            return replica.market(market) or b""
        case queries.FeeTiers():
            return replica.fee_tiers()
        case queries.RiskLimits():
            return replica.risk_limits()
        case queries.RiskOf(account, market):
            return replica.risk_of(account, market)
        case queries.Account(account):
            return replica.account(account) or b""
        case queries.MainAccount(owner):
            return replica.main_account(owner)
        case queries.ExternalAccount(asset, network):
            return replica.external_account(asset, network)
        case queries.OutboxNumber(source):
            return replica.outbox_number(source)
        case queries.Balances(account):
            return replica.balances(account)
        case queries.BalancesOf(accounts):
            return [replica.balances(account) for account in accounts]
        case queries.DepthOf(market, levels):
            return _depth(replica, market, levels)
        case queries.MarketOrders(market):
            return replica.market_orders(market)
        case queries.Order(account, order_id):
            return replica.recent_from, _order(replica, account, order_id)
        case queries.OrderByClientId(account, client_order_id):
            return replica.recent_from, _order_by_client_id(replica, account, client_order_id.encode())
        case queries.LinkedOrders(order_id):
            return replica.linked_orders(order_id)
        case queries.CancelTimer(account):
            return replica.cancel_timer(account) or 0
        case queries.OpenOrders(account, market, before, limit):
            return open_orders(replica, account, market, before, limit)
        case queries.ClosedOrders(account, market, limit):
            return replica.recent_from, replica.closed_orders(account, market, limit)
        case queries.Fills(account, market, limit):
            return replica.recent_from, replica.fills(account, market, limit)
        case queries.Trades(market, limit):
            return replica.trades(market, limit)
        case queries.GroupAt(sequence):
            return replica.group(sequence) or b""
        case queries.Status():
            raise AssertionError("a status is answered without waiting")


def _depth(replica: Replica, market: int, levels: int) -> Depth | None:
    found = replica.market(market)
    if found is None:
        return None
    state = wire.MarketState.decode(found)
    bids = replica.depth(market, wire.Side.BUY, levels)
    asks = replica.depth(market, wire.Side.SELL, levels)
    return Depth(market, state.book_sequence, state.last_price, bids, asks)


def open_orders(
    replica: Replica, account: int, market: int, before: int, limit: int
) -> tuple[bytes, list[Past]]:
    """An account's open orders, ascending by id, and the past of each."""
    found = replica.open_orders(account, market, before, limit)
    order_ids = [_ORDER_ID.unpack_from(found, offset)[0] for _, offset, _ in messages(found)]
    return found, [Past(*past) for past in replica.pasts(order_ids)]


def _order(replica: Replica, account: int, order_id: int) -> tuple[list[Dated], Past]:
    """Whose another order is, is never told."""
    found = replica.order(order_id)
    if found is None:
        closed = replica.closed_order(account, order_id)
        return (list(closed[:2]), Past(*closed[2])) if closed else _NO_ORDER
    state = open_order(found)
    if state.account != account:
        return _NO_ORDER
    (past,) = replica.pasts([order_id])
    return [(state.accepted_sequence, state.accepted_at_us, found)], Past(*past)


def _order_by_client_id(replica: Replica, account: int, client_order_id: bytes) -> tuple[list[Dated], Past]:
    remembered = replica.client_order(account, client_order_id)
    if remembered is None:
        return _NO_ORDER
    state = wire.ClientOrderState.decode(remembered)
    found = _order(replica, account, state.order_id)
    if found[0]:
        return found
    return [(state.original_sequence, state.closed_at_us, remembered)], Past()


_NO_ORDER: Final[tuple[list[Dated], Past]] = ([], Past())
