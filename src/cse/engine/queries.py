"""What may be asked of replica and leader, and the frames that carry it. Market 0 is every market."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import msgspec

from cse.domain import codes
from cse.domain.limits import ORDER_ID_LIMIT
from cse.engine import wire
from cse.engine.message import Malformed, header_of
from cse.engine.models import EngineRefused, Reading

U32: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=1 << 32)]
U64: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
OrderIdBound: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=ORDER_ID_LIMIT)]
# The most of a list that one question may ask for.
LIMIT_MAX: Final = 10_000
Limit: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=LIMIT_MAX)]
# How many accounts one question may be about.
ACCOUNTS_MAX: Final = 1_000


class _Query(msgspec.Struct, frozen=True, tag_field="what"):
    """One kind of question."""


class Status(_Query, frozen=True, tag="status"):
    """How the process is."""


class Assets(_Query, frozen=True, tag="assets"):
    """All assets."""


class Markets(_Query, frozen=True, tag="markets"):
    """All markets."""


class MarketNow(_Query, frozen=True, tag="market"):
    """One market."""

    market: U32


class FeeTiers(_Query, frozen=True, tag="fee_tiers"):
    """The rates that markets have for fee tiers other than 0."""


class RiskLimits(_Query, frozen=True, tag="risk_limits"):
    """The limits that tiers have of their own in markets."""


class RiskOf(_Query, frozen=True, tag="risk_of"):
    """The limits that hold for an account in a market, and what it has done there lately."""

    account: U32
    market: U32


class Account(_Query, frozen=True, tag="account"):
    """One account, without its balances and orders."""

    account: U32


class MainAccount(_Query, frozen=True, tag="main_account"):
    """The main account of an owner."""

    owner: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


class ExternalAccount(_Query, frozen=True, tag="external_account"):
    """The account from which an asset comes in out of a network."""

    asset: U32
    network: U32


class OutboxNumber(_Query, frozen=True, tag="outbox_number"):
    """The last number taken of an outbox."""

    source: U32


class Balances(_Query, frozen=True, tag="balances"):
    """All balances of an account."""

    account: U32


class BalancesOf(_Query, frozen=True, tag="balances_of"):
    """All balances of several accounts at once."""

    accounts: Annotated[list[U32], msgspec.Meta(max_length=ACCOUNTS_MAX)]


class DepthOf(_Query, frozen=True, tag="depth"):
    """The best levels of a market."""

    market: U32
    levels: Limit


class MarketOrders(_Query, frozen=True, tag="market_orders"):
    """All open orders of a market, as they stand in their queues."""

    market: U32


class Order(_Query, frozen=True, tag="order"):
    """One order of an account."""

    account: U32
    order_id: U64


class OrderByClientId(_Query, frozen=True, tag="order_by_client_id"):
    """What an account remembers under a client order id."""

    account: U32
    client_order_id: str


class LinkedOrders(_Query, frozen=True, tag="linked_orders"):
    """The ids of the orders that one is linked with."""

    order_id: U64


class CancelTimer(_Query, frozen=True, tag="cancel_timer"):
    """When an account's cancel timer fires."""

    account: U32


class OpenOrders(_Query, frozen=True, tag="open_orders"):
    """The newest of an account's open orders whose ids are below `before`."""

    account: U32
    market: U32
    before: OrderIdBound = ORDER_ID_LIMIT
    limit: Limit = 1_000


class ClosedOrders(_Query, frozen=True, tag="closed_orders"):
    """An account's orders closed lately."""

    account: U32
    market: U32
    limit: Limit


class Fills(_Query, frozen=True, tag="fills"):
    """An account's trades of late."""

    account: U32
    market: U32
    limit: Limit


class Trades(_Query, frozen=True, tag="trades"):
    """A market's trades of late."""

    market: U32
    limit: Limit


class GroupAt(_Query, frozen=True, tag="group"):
    """The events of one command."""

    sequence: U64


Question: TypeAlias = (
    Status
    | Assets
    | Markets
    | MarketNow
    | FeeTiers
    | RiskLimits
    | RiskOf
    | Account
    | MainAccount
    | ExternalAccount
    | OutboxNumber
    | Balances
    | BalancesOf
    | DepthOf
    | MarketOrders
    | Order
    | OrderByClientId
    | LinkedOrders
    | CancelTimer
    | OpenOrders
    | ClosedOrders
    | Fills
    | Trades
    | GroupAt
)

# As long as a command may take: who reads would rather wait than hear that a busy replica is away.
TIMEOUT_S: Final = 5.0
# The code for a question that the asked process has no answer to.
UNKNOWN_QUESTION: Final = codes.MALFORMED_COMMAND.number

_ENCODER: Final = msgspec.msgpack.Encoder()
_QUESTIONS: Final = msgspec.msgpack.Decoder(Question)


def encode(number: int, min_sequence: int, question: Question) -> bytes:
    """A Query frame."""
    packed = _ENCODER.encode(question)
    return wire.Query(number, min_sequence, len(packed)).encode(_padded(packed))


def decode(frame: bytes) -> tuple[wire.Query, Question | None]:
    """A Query frame and its question; None for a question that is not known.

    Raises:
        Malformed: the frame is no Query.
    """
    query = wire.Query.decode(frame)
    if query.body_length > len(frame) - wire.Query.WIDTH:
        raise Malformed("a query is shorter than it says")
    packed = frame[wire.Query.WIDTH : wire.Query.WIDTH + query.body_length]
    try:
        return query, _QUESTIONS.decode(packed)
    except msgspec.DecodeError:
        return query, None


def encode_reading(number: int, sequence: int, value: object) -> bytes:
    """A Reading frame."""
    packed = _ENCODER.encode(value)
    return wire.Reading(number, sequence, len(packed), 0).encode(_padded(packed))


def encode_failure(number: int, sequence: int, code: int) -> bytes:
    """A Reading frame with a code of the catalogue instead of a value."""
    return wire.Reading(number, sequence, 0, code).encode()


def decode_reading(frame: bytes) -> Reading[bytes]:
    """The value in a Reading frame, still packed.

    Raises:
        EngineRefused: there is a code instead.
    """
    kind, _, _ = header_of(frame)
    if kind == wire.Refusal.KIND:
        raise EngineRefused(wire.Refusal.decode(frame).code)
    reading = wire.Reading.decode(frame)
    if reading.code:
        raise EngineRefused(reading.code)
    packed = frame[wire.Reading.WIDTH : wire.Reading.WIDTH + reading.body_length]
    return Reading(reading.sequence, packed)


def _padded(packed: bytes) -> bytes:
    return packed + bytes(-len(packed) % 8)
