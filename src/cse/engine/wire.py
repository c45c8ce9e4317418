"""Every message of the wire. Generated from `crates/wire` by `./cse generate`; do not edit.

`encode` raises `struct.error` where a number does not fit its field and `Malformed` where a text
does not; `decode` raises `Malformed` where the bytes are not a whole message of the layout.
"""

# ruff: noqa: E501, RUF022
# fmt: off

from __future__ import annotations

from struct import Struct
from typing import ClassVar, Final, NamedTuple, TypeAlias

from cse.domain.enumerations import (
    AccountKind,
    CloseReason,
    MarketStatus,
    OrderListKind,
    OrderType,
    ReplaceMode,
    RiskPattern,
    SelfTradePrevention,
    Side,
    TimeInForce,
    TransferCondition,
    TriggerPhase,
)
from cse.engine.message import (
    HEADER,
    HEADER_WIDTH,
    Buffer,
    Malformed,
    check_header,
    check_tail,
    get_text,
    header_of,
    messages,
    put_text,
)

_LOW: Final = (1 << 64) - 1


_REQUEST: Final = Struct("<HHIQ")


class _Request(NamedTuple):
    request_id: int


class Request(_Request):
    """To the leader: the tail is one command."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0001
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _REQUEST.pack(0x0001, 0, 16 + check_tail(tail), self.request_id) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Request:
        """Reads the message at `offset`, without its tail."""
        check_header("Request", 0x0001, 16, True, buffer, offset)
        _, _, _, request_id = _REQUEST.unpack_from(buffer, offset)
        return cls(request_id)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Request", 0x0001, 16, True, buffer, offset)
        return buffer[offset + 16 : offset + length]


_ANSWER: Final = Struct("<HHIQQ")


class _Answer(NamedTuple):
    request_id: int
    epoch: int


class Answer(_Answer):
    """From the leader, once durable: the tail is the command's `Group`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0002
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _ANSWER.pack(0x0002, 0, 24 + check_tail(tail), self.request_id, self.epoch) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Answer:
        """Reads the message at `offset`, without its tail."""
        check_header("Answer", 0x0002, 24, True, buffer, offset)
        _, _, _, request_id, epoch = _ANSWER.unpack_from(buffer, offset)
        return cls(request_id, epoch)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Answer", 0x0002, 24, True, buffer, offset)
        return buffer[offset + 24 : offset + length]


_REFUSAL: Final = Struct("<HHIQH6x")
_REFUSAL_HEADER: Final = HEADER.pack(0x0003, 0, 24)


class _Refusal(NamedTuple):
    request_id: int
    code: int


class Refusal(_Refusal):
    """From the leader: the command was not journalled and had no effect."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0003
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _REFUSAL.pack(0x0003, 0, 24, self.request_id, self.code)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Refusal:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _REFUSAL_HEADER or len(buffer) - offset < 24:
            check_header("Refusal", 0x0003, 24, False, buffer, offset)
        _, _, _, request_id, code = _REFUSAL.unpack_from(buffer, offset)
        return cls(request_id, code)


_QUERY: Final = Struct("<HHIQQI4x")


class _Query(NamedTuple):
    request_id: int
    min_sequence: int
    body_length: int


class Query(_Query):
    """To the replica: the tail is a MessagePack map padded with zeros to a multiple of 8."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0004
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _QUERY.pack(0x0004, 0, 32 + check_tail(tail), self.request_id, self.min_sequence, self.body_length) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Query:
        """Reads the message at `offset`, without its tail."""
        check_header("Query", 0x0004, 32, True, buffer, offset)
        _, _, _, request_id, min_sequence, body_length = _QUERY.unpack_from(buffer, offset)
        return cls(request_id, min_sequence, body_length)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Query", 0x0004, 32, True, buffer, offset)
        return buffer[offset + 32 : offset + length]


_READING: Final = Struct("<HHIQQIH2x")


class _Reading(NamedTuple):
    request_id: int
    sequence: int
    body_length: int
    code: int


class Reading(_Reading):
    """From the replica: the tail is a MessagePack value padded with zeros to a multiple of 8."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0005
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _READING.pack(0x0005, 0, 32 + check_tail(tail), self.request_id, self.sequence, self.body_length, self.code) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Reading:
        """Reads the message at `offset`, without its tail."""
        check_header("Reading", 0x0005, 32, True, buffer, offset)
        _, _, _, request_id, sequence, body_length, code = _READING.unpack_from(buffer, offset)
        return cls(request_id, sequence, body_length, code)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Reading", 0x0005, 32, True, buffer, offset)
        return buffer[offset + 32 : offset + length]


_START_EPOCH: Final = Struct("<HHIQQQ")
_START_EPOCH_HEADER: Final = HEADER.pack(0x0101, 0, 32)


class _StartEpoch(NamedTuple):
    epoch: int
    previous_epoch: int
    previous_last_sequence: int


class StartEpoch(_StartEpoch):
    """The first command of a leader's time. Only the leader itself gives it."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0101
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _START_EPOCH.pack(0x0101, 0, 32, self.epoch, self.previous_epoch, self.previous_last_sequence)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> StartEpoch:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _START_EPOCH_HEADER or len(buffer) - offset < 32:
            check_header("StartEpoch", 0x0101, 32, False, buffer, offset)
        _, _, _, epoch, previous_epoch, previous_last_sequence = _START_EPOCH.unpack_from(buffer, offset)
        return cls(epoch, previous_epoch, previous_last_sequence)


_TICK: Final = Struct("<HHI")
_TICK_HEADER: Final = HEADER.pack(0x0102, 0, 8)


class _Tick(NamedTuple):
    pass


class Tick(_Tick):
    """Lets time pass: orders expire, as before any other command."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0102
    WIDTH: ClassVar[int] = 8
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _TICK.pack(0x0102, 0, 8)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Tick:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _TICK_HEADER or len(buffer) - offset < 8:
            check_header("Tick", 0x0102, 8, False, buffer, offset)
        return cls()


_UPGRADE: Final = Struct("<HHII4x32s")
_UPGRADE_HEADER: Final = HEADER.pack(0x0103, 0, 48)


class _Upgrade(NamedTuple):
    rules_version: int
    state_hash: bytes


class Upgrade(_Upgrade):
    """Closes a journal segment before a build with other rules goes on."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0103
    WIDTH: ClassVar[int] = 48
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.state_hash) != 32:
            raise Malformed("state_hash has 32 bytes")
        return _UPGRADE.pack(0x0103, 0, 48, self.rules_version, self.state_hash)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Upgrade:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _UPGRADE_HEADER or len(buffer) - offset < 48:
            check_header("Upgrade", 0x0103, 48, False, buffer, offset)
        _, _, _, rules_version, state_hash = _UPGRADE.unpack_from(buffer, offset)
        return cls(rules_version, state_hash)


_FROM_OUTBOX: Final = Struct("<HHII4xQ")


class _FromOutbox(NamedTuple):
    source: int
    number: int


class FromOutbox(_FromOutbox):
    """A command out of PostgreSQL; the tail is that command. Numbers of a source are dense from 1."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0104
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _FROM_OUTBOX.pack(0x0104, 0, 24 + check_tail(tail), self.source, self.number) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> FromOutbox:
        """Reads the message at `offset`, without its tail."""
        check_header("FromOutbox", 0x0104, 24, True, buffer, offset)
        _, _, _, source, number = _FROM_OUTBOX.unpack_from(buffer, offset)
        return cls(source, number)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("FromOutbox", 0x0104, 24, True, buffer, offset)
        return buffer[offset + 24 : offset + length]


_CREATE_ASSET: Final = Struct("<HHI16sB7x")
_CREATE_ASSET_HEADER: Final = HEADER.pack(0x0110, 0, 32)


class _CreateAsset(NamedTuple):
    symbol: str
    decimals: int


class CreateAsset(_CreateAsset):
    """Lists an asset."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0110
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CREATE_ASSET.pack(0x0110, 0, 32, put_text(self.symbol, 16), self.decimals)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CreateAsset:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CREATE_ASSET_HEADER or len(buffer) - offset < 32:
            check_header("CreateAsset", 0x0110, 32, False, buffer, offset)
        _, _, _, symbol, decimals = _CREATE_ASSET.unpack_from(buffer, offset)
        return cls(get_text(symbol), decimals)


_OPEN_ACCOUNT: Final = Struct("<HHI16sB7x")
_OPEN_ACCOUNT_HEADER: Final = HEADER.pack(0x0111, 0, 32)


class _OpenAccount(NamedTuple):
    owner: bytes
    kind: int


class OpenAccount(_OpenAccount):
    """Opens an account for an owner."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0111
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.owner) != 16:
            raise Malformed("owner has 16 bytes")
        return _OPEN_ACCOUNT.pack(0x0111, 0, 32, self.owner, self.kind)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OpenAccount:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _OPEN_ACCOUNT_HEADER or len(buffer) - offset < 32:
            check_header("OpenAccount", 0x0111, 32, False, buffer, offset)
        _, _, _, owner, kind = _OPEN_ACCOUNT.unpack_from(buffer, offset)
        return cls(owner, kind)


_FREEZE_ACCOUNT: Final = Struct("<HHII4x")
_FREEZE_ACCOUNT_HEADER: Final = HEADER.pack(0x0112, 0, 16)


class _FreezeAccount(NamedTuple):
    account: int


class FreezeAccount(_FreezeAccount):
    """Stops new orders and debits of an account."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0112
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _FREEZE_ACCOUNT.pack(0x0112, 0, 16, self.account)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> FreezeAccount:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _FREEZE_ACCOUNT_HEADER or len(buffer) - offset < 16:
            check_header("FreezeAccount", 0x0112, 16, False, buffer, offset)
        _, _, _, account = _FREEZE_ACCOUNT.unpack_from(buffer, offset)
        return cls(account)


_UNFREEZE_ACCOUNT: Final = Struct("<HHII4x")
_UNFREEZE_ACCOUNT_HEADER: Final = HEADER.pack(0x0113, 0, 16)


class _UnfreezeAccount(NamedTuple):
    account: int


class UnfreezeAccount(_UnfreezeAccount):
    """Ends a freeze."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0113
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _UNFREEZE_ACCOUNT.pack(0x0113, 0, 16, self.account)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> UnfreezeAccount:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _UNFREEZE_ACCOUNT_HEADER or len(buffer) - offset < 16:
            check_header("UnfreezeAccount", 0x0113, 16, False, buffer, offset)
        _, _, _, account = _UNFREEZE_ACCOUNT.unpack_from(buffer, offset)
        return cls(account)


_CREATE_MARKET: Final = Struct("<HHIIIQQQQQiiIIIIIBB2x")
_CREATE_MARKET_HEADER: Final = HEADER.pack(0x0114, 0, 88)


class _CreateMarket(NamedTuple):
    base: int
    quote: int
    tick_size: int
    lot_size: int
    min_notional: int
    max_quantity: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    creator_account: int
    fee_account: int
    price_band_ppm: int
    max_open_orders: int
    tick_decimals: int
    status: int


class CreateMarket(_CreateMarket):
    """Lists a market. Its name is the base's symbol, a dash, the quote's symbol."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0114
    WIDTH: ClassVar[int] = 88
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CREATE_MARKET.pack(0x0114, 0, 88, self.base, self.quote, self.tick_size, self.lot_size, self.min_notional & _LOW, self.min_notional >> 64, self.max_quantity, self.maker_fee_ppm, self.taker_fee_ppm, self.creator_share_ppm, self.creator_account, self.fee_account, self.price_band_ppm, self.max_open_orders, self.tick_decimals, self.status)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CreateMarket:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CREATE_MARKET_HEADER or len(buffer) - offset < 88:
            check_header("CreateMarket", 0x0114, 88, False, buffer, offset)
        _, _, _, base, quote, tick_size, lot_size, min_notional_low, min_notional_high, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, fee_account, price_band_ppm, max_open_orders, tick_decimals, status = _CREATE_MARKET.unpack_from(buffer, offset)
        return cls(base, quote, tick_size, lot_size, min_notional_low | min_notional_high << 64, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, fee_account, price_band_ppm, max_open_orders, tick_decimals, status)


_SET_MARKET_STATUS: Final = Struct("<HHIIB3xq")
_SET_MARKET_STATUS_HEADER: Final = HEADER.pack(0x0115, 0, 24)


class _SetMarketStatus(NamedTuple):
    market: int
    status: int
    auction_ends_at_us: int


class SetMarketStatus(_SetMarketStatus):
    """Gives a market another status."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0115
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_MARKET_STATUS.pack(0x0115, 0, 24, self.market, self.status, self.auction_ends_at_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetMarketStatus:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_MARKET_STATUS_HEADER or len(buffer) - offset < 24:
            check_header("SetMarketStatus", 0x0115, 24, False, buffer, offset)
        _, _, _, market, status, auction_ends_at_us = _SET_MARKET_STATUS.unpack_from(buffer, offset)
        return cls(market, status, auction_ends_at_us)


_SET_MARKET_FEES: Final = Struct("<HHIIiiIIB3x")
_SET_MARKET_FEES_HEADER: Final = HEADER.pack(0x0116, 0, 32)


class _SetMarketFees(NamedTuple):
    market: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    creator_account: int
    tier: int


class SetMarketFees(_SetMarketFees):
    """Changes a market's fees for orders placed from now on by accounts of a fee tier."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0116
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_MARKET_FEES.pack(0x0116, 0, 32, self.market, self.maker_fee_ppm, self.taker_fee_ppm, self.creator_share_ppm, self.creator_account, self.tier)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetMarketFees:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_MARKET_FEES_HEADER or len(buffer) - offset < 32:
            check_header("SetMarketFees", 0x0116, 32, False, buffer, offset)
        _, _, _, market, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, tier = _SET_MARKET_FEES.unpack_from(buffer, offset)
        return cls(market, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, tier)


_SET_MARKET_SELF_TRADE: Final = Struct("<HHIIB3x")
_SET_MARKET_SELF_TRADE_HEADER: Final = HEADER.pack(0x0117, 0, 16)


class _SetMarketSelfTrade(NamedTuple):
    market: int
    allowed: int


class SetMarketSelfTrade(_SetMarketSelfTrade):
    """Says whether orders of a market may ask for no prevention of self-trades."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0117
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_MARKET_SELF_TRADE.pack(0x0117, 0, 16, self.market, self.allowed)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetMarketSelfTrade:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_MARKET_SELF_TRADE_HEADER or len(buffer) - offset < 16:
            check_header("SetMarketSelfTrade", 0x0117, 16, False, buffer, offset)
        _, _, _, market, allowed = _SET_MARKET_SELF_TRADE.unpack_from(buffer, offset)
        return cls(market, allowed)


_SET_MARKET_LIMITS: Final = Struct("<HHIIIQQQQQQQQ")
_SET_MARKET_LIMITS_HEADER: Final = HEADER.pack(0x0118, 0, 80)


class _SetMarketLimits(NamedTuple):
    market: int
    max_open_orders: int
    min_notional: int
    max_notional: int
    min_quantity: int
    max_quantity: int
    price_increment: int
    quantity_increment: int


class SetMarketLimits(_SetMarketLimits):
    """Changes what orders may be from now on."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0118
    WIDTH: ClassVar[int] = 80
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_MARKET_LIMITS.pack(0x0118, 0, 80, self.market, self.max_open_orders, self.min_notional & _LOW, self.min_notional >> 64, self.max_notional & _LOW, self.max_notional >> 64, self.min_quantity, self.max_quantity, self.price_increment, self.quantity_increment)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetMarketLimits:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_MARKET_LIMITS_HEADER or len(buffer) - offset < 80:
            check_header("SetMarketLimits", 0x0118, 80, False, buffer, offset)
        _, _, _, market, max_open_orders, min_notional_low, min_notional_high, max_notional_low, max_notional_high, min_quantity, max_quantity, price_increment, quantity_increment = _SET_MARKET_LIMITS.unpack_from(buffer, offset)
        return cls(market, max_open_orders, min_notional_low | min_notional_high << 64, max_notional_low | max_notional_high << 64, min_quantity, max_quantity, price_increment, quantity_increment)


_SET_MARKET_BAND: Final = Struct("<HHIIIIII4xQ")
_SET_MARKET_BAND_HEADER: Final = HEADER.pack(0x0119, 0, 40)


class _SetMarketBand(NamedTuple):
    market: int
    price_band_ppm: int
    interruption_ppm: int
    interruption_window_s: int
    interruption_auction_s: int
    reference_price: int


class SetMarketBand(_SetMarketBand):
    """Changes price band and volatility interruption of a market."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0119
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_MARKET_BAND.pack(0x0119, 0, 40, self.market, self.price_band_ppm, self.interruption_ppm, self.interruption_window_s, self.interruption_auction_s, self.reference_price)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetMarketBand:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_MARKET_BAND_HEADER or len(buffer) - offset < 40:
            check_header("SetMarketBand", 0x0119, 40, False, buffer, offset)
        _, _, _, market, price_band_ppm, interruption_ppm, interruption_window_s, interruption_auction_s, reference_price = _SET_MARKET_BAND.unpack_from(buffer, offset)
        return cls(market, price_band_ppm, interruption_ppm, interruption_window_s, interruption_auction_s, reference_price)


_CANCEL_MARKET_ORDERS: Final = Struct("<HHII4x")
_CANCEL_MARKET_ORDERS_HEADER: Final = HEADER.pack(0x011a, 0, 16)


class _CancelMarketOrders(NamedTuple):
    market: int


class CancelMarketOrders(_CancelMarketOrders):
    """Cancels the open orders of a market."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x011a
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CANCEL_MARKET_ORDERS.pack(0x011a, 0, 16, self.market)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CancelMarketOrders:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CANCEL_MARKET_ORDERS_HEADER or len(buffer) - offset < 16:
            check_header("CancelMarketOrders", 0x011a, 16, False, buffer, offset)
        _, _, _, market = _CANCEL_MARKET_ORDERS.unpack_from(buffer, offset)
        return cls(market)


_SET_ACCOUNT_TIER: Final = Struct("<HHIIB3x")
_SET_ACCOUNT_TIER_HEADER: Final = HEADER.pack(0x011b, 0, 16)


class _SetAccountTier(NamedTuple):
    account: int
    tier: int


class SetAccountTier(_SetAccountTier):
    """Puts an account into a fee tier, for orders that it places from now on."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x011b
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_ACCOUNT_TIER.pack(0x011b, 0, 16, self.account, self.tier)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetAccountTier:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_ACCOUNT_TIER_HEADER or len(buffer) - offset < 16:
            check_header("SetAccountTier", 0x011b, 16, False, buffer, offset)
        _, _, _, account, tier = _SET_ACCOUNT_TIER.unpack_from(buffer, offset)
        return cls(account, tier)


_SET_MARKET_PROMOTION: Final = Struct("<HHIIii4xq")
_SET_MARKET_PROMOTION_HEADER: Final = HEADER.pack(0x011c, 0, 32)


class _SetMarketPromotion(NamedTuple):
    market: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    ends_at_us: int


class SetMarketPromotion(_SetMarketPromotion):
    """Lowers a market's fees for a time, for orders placed within it."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x011c
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_MARKET_PROMOTION.pack(0x011c, 0, 32, self.market, self.maker_fee_ppm, self.taker_fee_ppm, self.ends_at_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetMarketPromotion:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_MARKET_PROMOTION_HEADER or len(buffer) - offset < 32:
            check_header("SetMarketPromotion", 0x011c, 32, False, buffer, offset)
        _, _, _, market, maker_fee_ppm, taker_fee_ppm, ends_at_us = _SET_MARKET_PROMOTION.unpack_from(buffer, offset)
        return cls(market, maker_fee_ppm, taker_fee_ppm, ends_at_us)


_SET_RISK_LIMITS: Final = Struct("<HHIIB3xQQQQQQQIIIIII")
_SET_RISK_LIMITS_HEADER: Final = HEADER.pack(0x011d, 0, 96)


class _SetRiskLimits(NamedTuple):
    market: int
    tier: int
    max_quantity: int
    max_notional: int
    max_notional_per_minute: int
    flag_notional_per_minute: int
    max_open_orders: int
    flag_cancels: int
    flag_cancels_per_fill: int
    flag_far_orders: int
    flag_far_ppm: int
    flag_self_trades: int


class SetRiskLimits(_SetRiskLimits):
    """Sets what accounts of a tier may ask for in a market, and what is told of them. With 0 throughout the tier has no limits of its own."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x011d
    WIDTH: ClassVar[int] = 96
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_RISK_LIMITS.pack(0x011d, 0, 96, self.market, self.tier, self.max_quantity, self.max_notional & _LOW, self.max_notional >> 64, self.max_notional_per_minute & _LOW, self.max_notional_per_minute >> 64, self.flag_notional_per_minute & _LOW, self.flag_notional_per_minute >> 64, self.max_open_orders, self.flag_cancels, self.flag_cancels_per_fill, self.flag_far_orders, self.flag_far_ppm, self.flag_self_trades)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetRiskLimits:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_RISK_LIMITS_HEADER or len(buffer) - offset < 96:
            check_header("SetRiskLimits", 0x011d, 96, False, buffer, offset)
        _, _, _, market, tier, max_quantity, max_notional_low, max_notional_high, max_notional_per_minute_low, max_notional_per_minute_high, flag_notional_per_minute_low, flag_notional_per_minute_high, max_open_orders, flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades = _SET_RISK_LIMITS.unpack_from(buffer, offset)
        return cls(market, tier, max_quantity, max_notional_low | max_notional_high << 64, max_notional_per_minute_low | max_notional_per_minute_high << 64, flag_notional_per_minute_low | flag_notional_per_minute_high << 64, max_open_orders, flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades)


_PLACE_ORDER: Final = Struct("<HHIIIBBBBIQQQQQQQq40s")
_PLACE_ORDER_HEADER: Final = HEADER.pack(0x0120, 0, 128)
_SHORT_PLACE_ORDER: Final = Struct("<HHIIIBBBBIQQ")
_SHORT_PLACE_ORDER_HEADER: Final = HEADER.pack(0x0120, 0, 40)


class _PlaceOrder(NamedTuple):
    account: int
    market: int
    side: int
    order_type: int
    time_in_force: int
    self_trade_prevention: int
    flags: int
    price: int
    quantity: int
    quote_amount: int
    stop_price: int
    trailing_delta: int
    display_quantity: int
    expires_at_us: int
    client_order_id: str


class PlaceOrder(_PlaceOrder):
    """Places an order."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0120
    WIDTH: ClassVar[int] = 128
    SHORT_WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if not (self.quote_amount or self.stop_price or self.trailing_delta or self.display_quantity or self.expires_at_us or self.client_order_id):
            return _SHORT_PLACE_ORDER.pack(0x0120, 0, 40, self.account, self.market, self.side, self.order_type, self.time_in_force, self.self_trade_prevention, self.flags, self.price, self.quantity)
        return _PLACE_ORDER.pack(0x0120, 0, 128, self.account, self.market, self.side, self.order_type, self.time_in_force, self.self_trade_prevention, self.flags, self.price, self.quantity, self.quote_amount & _LOW, self.quote_amount >> 64, self.stop_price, self.trailing_delta, self.display_quantity, self.expires_at_us, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> PlaceOrder:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] == _SHORT_PLACE_ORDER_HEADER and len(buffer) - offset >= 40:
            _, _, _, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity = _SHORT_PLACE_ORDER.unpack_from(buffer, offset)
            return cls(account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, 0, 0, 0, 0, 0, "")
        if buffer[offset : offset + HEADER_WIDTH] != _PLACE_ORDER_HEADER or len(buffer) - offset < 128:
            check_header("PlaceOrder", 0x0120, 128, False, buffer, offset)
        _, _, _, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, quote_amount_low, quote_amount_high, stop_price, trailing_delta, display_quantity, expires_at_us, client_order_id = _PLACE_ORDER.unpack_from(buffer, offset)
        if not (quote_amount_low or quote_amount_high or stop_price or trailing_delta or display_quantity or expires_at_us or any(client_order_id)):
            raise Malformed("128 bytes are not the length of PlaceOrder")
        return cls(account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, quote_amount_low | quote_amount_high << 64, stop_price, trailing_delta, display_quantity, expires_at_us, get_text(client_order_id))


_CANCEL_ORDER: Final = Struct("<HHII4xQ40s")
_CANCEL_ORDER_HEADER: Final = HEADER.pack(0x0121, 0, 64)
_SHORT_CANCEL_ORDER: Final = Struct("<HHII4xQ")
_SHORT_CANCEL_ORDER_HEADER: Final = HEADER.pack(0x0121, 0, 24)


class _CancelOrder(NamedTuple):
    account: int
    order_id: int
    client_order_id: str


class CancelOrder(_CancelOrder):
    """Cancels an order, by its id or, where that is 0, by the client's."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0121
    WIDTH: ClassVar[int] = 64
    SHORT_WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if not (self.client_order_id):
            return _SHORT_CANCEL_ORDER.pack(0x0121, 0, 24, self.account, self.order_id)
        return _CANCEL_ORDER.pack(0x0121, 0, 64, self.account, self.order_id, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CancelOrder:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] == _SHORT_CANCEL_ORDER_HEADER and len(buffer) - offset >= 24:
            _, _, _, account, order_id = _SHORT_CANCEL_ORDER.unpack_from(buffer, offset)
            return cls(account, order_id, "")
        if buffer[offset : offset + HEADER_WIDTH] != _CANCEL_ORDER_HEADER or len(buffer) - offset < 64:
            check_header("CancelOrder", 0x0121, 64, False, buffer, offset)
        _, _, _, account, order_id, client_order_id = _CANCEL_ORDER.unpack_from(buffer, offset)
        if not (any(client_order_id)):
            raise Malformed("64 bytes are not the length of CancelOrder")
        return cls(account, order_id, get_text(client_order_id))


_CANCEL_ALL_ORDERS: Final = Struct("<HHIIIB7x")
_CANCEL_ALL_ORDERS_HEADER: Final = HEADER.pack(0x0122, 0, 24)


class _CancelAllOrders(NamedTuple):
    account: int
    market: int
    side: int


class CancelAllOrders(_CancelAllOrders):
    """Cancels all open orders of an account."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0122
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CANCEL_ALL_ORDERS.pack(0x0122, 0, 24, self.account, self.market, self.side)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CancelAllOrders:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CANCEL_ALL_ORDERS_HEADER or len(buffer) - offset < 24:
            check_header("CancelAllOrders", 0x0122, 24, False, buffer, offset)
        _, _, _, account, market, side = _CANCEL_ALL_ORDERS.unpack_from(buffer, offset)
        return cls(account, market, side)


_AMEND_ORDER: Final = Struct("<HHII4xQ40sQQQQ")
_AMEND_ORDER_HEADER: Final = HEADER.pack(0x0123, 0, 96)


class _AmendOrder(NamedTuple):
    account: int
    order_id: int
    client_order_id: str
    price: int
    quantity: int
    display_quantity: int
    stop_price: int


class AmendOrder(_AmendOrder):
    """Changes an open order. A field that is 0 stays."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0123
    WIDTH: ClassVar[int] = 96
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _AMEND_ORDER.pack(0x0123, 0, 96, self.account, self.order_id, put_text(self.client_order_id, 40), self.price, self.quantity, self.display_quantity, self.stop_price)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AmendOrder:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _AMEND_ORDER_HEADER or len(buffer) - offset < 96:
            check_header("AmendOrder", 0x0123, 96, False, buffer, offset)
        _, _, _, account, order_id, client_order_id, price, quantity, display_quantity, stop_price = _AMEND_ORDER.unpack_from(buffer, offset)
        return cls(account, order_id, get_text(client_order_id), price, quantity, display_quantity, stop_price)


_REPLACE_ORDER: Final = Struct("<HHIQ40sB7x")


class _ReplaceOrder(NamedTuple):
    order_id: int
    client_order_id: str
    mode: int


class ReplaceOrder(_ReplaceOrder):
    """Cancels an order and places another; the tail is that `PlaceOrder`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0124
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _REPLACE_ORDER.pack(0x0124, 0, 64 + check_tail(tail), self.order_id, put_text(self.client_order_id, 40), self.mode) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> ReplaceOrder:
        """Reads the message at `offset`, without its tail."""
        check_header("ReplaceOrder", 0x0124, 64, True, buffer, offset)
        _, _, _, order_id, client_order_id, mode = _REPLACE_ORDER.unpack_from(buffer, offset)
        return cls(order_id, get_text(client_order_id), mode)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("ReplaceOrder", 0x0124, 64, True, buffer, offset)
        return buffer[offset + 64 : offset + length]


_PLACE_ORDER_LIST: Final = Struct("<HHIB7x")


class _PlaceOrderList(NamedTuple):
    kind: int


class PlaceOrderList(_PlaceOrderList):
    """Places two or three orders that are linked; the tail is that many `PlaceOrder`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0125
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _PLACE_ORDER_LIST.pack(0x0125, 0, 16 + check_tail(tail), self.kind) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> PlaceOrderList:
        """Reads the message at `offset`, without its tail."""
        check_header("PlaceOrderList", 0x0125, 16, True, buffer, offset)
        _, _, _, kind = _PLACE_ORDER_LIST.unpack_from(buffer, offset)
        return cls(kind)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("PlaceOrderList", 0x0125, 16, True, buffer, offset)
        return buffer[offset + 16 : offset + length]


_SET_CANCEL_TIMER: Final = Struct("<HHII4xq")
_SET_CANCEL_TIMER_HEADER: Final = HEADER.pack(0x0126, 0, 24)


class _SetCancelTimer(NamedTuple):
    account: int
    timeout_us: int


class SetCancelTimer(_SetCancelTimer):
    """Cancels all open orders of an account in a while, unless it is set again before."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0126
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SET_CANCEL_TIMER.pack(0x0126, 0, 24, self.account, self.timeout_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SetCancelTimer:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SET_CANCEL_TIMER_HEADER or len(buffer) - offset < 24:
            check_header("SetCancelTimer", 0x0126, 24, False, buffer, offset)
        _, _, _, account, timeout_us = _SET_CANCEL_TIMER.unpack_from(buffer, offset)
        return cls(account, timeout_us)


_TRANSFER: Final = Struct("<HHI16sI4x")


class _Transfer(NamedTuple):
    reference: bytes
    leg_count: int


class Transfer(_Transfer):
    """Moves money: up to 16 legs, all or none. The tail is `leg_count` times `TransferLeg`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0130
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _TRANSFER.pack(0x0130, 0, 32 + check_tail(tail), self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Transfer:
        """Reads the message at `offset`, without its tail."""
        check_header("Transfer", 0x0130, 32, True, buffer, offset)
        _, _, _, reference, leg_count = _TRANSFER.unpack_from(buffer, offset)
        return cls(reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Transfer", 0x0130, 32, True, buffer, offset)
        return buffer[offset + 32 : offset + length]


_HOLD_TRANSFER: Final = Struct("<HHI16sI4x")


class _HoldTransfer(NamedTuple):
    reference: bytes
    leg_count: int


class HoldTransfer(_HoldTransfer):
    """Locks what a transfer needs, to be settled or voided later."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0131
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _HOLD_TRANSFER.pack(0x0131, 0, 32 + check_tail(tail), self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> HoldTransfer:
        """Reads the message at `offset`, without its tail."""
        check_header("HoldTransfer", 0x0131, 32, True, buffer, offset)
        _, _, _, reference, leg_count = _HOLD_TRANSFER.unpack_from(buffer, offset)
        return cls(reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("HoldTransfer", 0x0131, 32, True, buffer, offset)
        return buffer[offset + 32 : offset + length]


_SETTLE_TRANSFER: Final = Struct("<HHIQ")
_SETTLE_TRANSFER_HEADER: Final = HEADER.pack(0x0132, 0, 16)


class _SettleTransfer(NamedTuple):
    transfer: int


class SettleTransfer(_SettleTransfer):
    """Makes a held transfer."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0132
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SETTLE_TRANSFER.pack(0x0132, 0, 16, self.transfer)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SettleTransfer:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SETTLE_TRANSFER_HEADER or len(buffer) - offset < 16:
            check_header("SettleTransfer", 0x0132, 16, False, buffer, offset)
        _, _, _, transfer = _SETTLE_TRANSFER.unpack_from(buffer, offset)
        return cls(transfer)


_VOID_TRANSFER: Final = Struct("<HHIQ")
_VOID_TRANSFER_HEADER: Final = HEADER.pack(0x0133, 0, 16)


class _VoidTransfer(NamedTuple):
    transfer: int


class VoidTransfer(_VoidTransfer):
    """Releases a held transfer."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0133
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _VOID_TRANSFER.pack(0x0133, 0, 16, self.transfer)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> VoidTransfer:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _VOID_TRANSFER_HEADER or len(buffer) - offset < 16:
            check_header("VoidTransfer", 0x0133, 16, False, buffer, offset)
        _, _, _, transfer = _VOID_TRANSFER.unpack_from(buffer, offset)
        return cls(transfer)


_TRANSFER_LEG: Final = Struct("<HHIIIIHHQQQQ")
_TRANSFER_LEG_HEADER: Final = HEADER.pack(0x013f, 0, 56)


class _TransferLeg(NamedTuple):
    debit: int
    credit: int
    asset: int
    reason: int
    condition: int
    amount: int
    condition_amount: int


class TransferLeg(_TransferLeg):
    """One leg of a transfer; stands only in tails."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x013f
    WIDTH: ClassVar[int] = 56
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _TRANSFER_LEG.pack(0x013f, 0, 56, self.debit, self.credit, self.asset, self.reason, self.condition, self.amount & _LOW, self.amount >> 64, self.condition_amount & _LOW, self.condition_amount >> 64)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> TransferLeg:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _TRANSFER_LEG_HEADER or len(buffer) - offset < 56:
            check_header("TransferLeg", 0x013f, 56, False, buffer, offset)
        _, _, _, debit, credit, asset, reason, condition, amount_low, amount_high, condition_amount_low, condition_amount_high = _TRANSFER_LEG.unpack_from(buffer, offset)
        return cls(debit, credit, asset, reason, condition, amount_low | amount_high << 64, condition_amount_low | condition_amount_high << 64)


_EPOCH_STARTED: Final = Struct("<HHIQQQ")
_EPOCH_STARTED_HEADER: Final = HEADER.pack(0x0201, 0, 32)


class _EpochStarted(NamedTuple):
    epoch: int
    previous_epoch: int
    previous_last_sequence: int


class EpochStarted(_EpochStarted):
    """A leader's time began."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0201
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _EPOCH_STARTED.pack(0x0201, 0, 32, self.epoch, self.previous_epoch, self.previous_last_sequence)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> EpochStarted:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _EPOCH_STARTED_HEADER or len(buffer) - offset < 32:
            check_header("EpochStarted", 0x0201, 32, False, buffer, offset)
        _, _, _, epoch, previous_epoch, previous_last_sequence = _EPOCH_STARTED.unpack_from(buffer, offset)
        return cls(epoch, previous_epoch, previous_last_sequence)


_UPGRADED: Final = Struct("<HHII4x")
_UPGRADED_HEADER: Final = HEADER.pack(0x0202, 0, 16)


class _Upgraded(NamedTuple):
    rules_version: int


class Upgraded(_Upgraded):
    """Other rules hold from here."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0202
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _UPGRADED.pack(0x0202, 0, 16, self.rules_version)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Upgraded:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _UPGRADED_HEADER or len(buffer) - offset < 16:
            check_header("Upgraded", 0x0202, 16, False, buffer, offset)
        _, _, _, rules_version = _UPGRADED.unpack_from(buffer, offset)
        return cls(rules_version)


_OUTBOX_TAKEN: Final = Struct("<HHII4xQQ")
_OUTBOX_TAKEN_HEADER: Final = HEADER.pack(0x0203, 0, 32)


class _OutboxTaken(NamedTuple):
    source: int
    number: int
    digest: int


class OutboxTaken(_OutboxTaken):
    """An outbox row took effect (or was refused: the event behind this one says so)."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0203
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _OUTBOX_TAKEN.pack(0x0203, 0, 32, self.source, self.number, self.digest)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OutboxTaken:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _OUTBOX_TAKEN_HEADER or len(buffer) - offset < 32:
            check_header("OutboxTaken", 0x0203, 32, False, buffer, offset)
        _, _, _, source, number, digest = _OUTBOX_TAKEN.unpack_from(buffer, offset)
        return cls(source, number, digest)


_OUTBOX_REPEATED: Final = Struct("<HHII4xQQ")
_OUTBOX_REPEATED_HEADER: Final = HEADER.pack(0x0204, 0, 32)


class _OutboxRepeated(NamedTuple):
    source: int
    number: int
    last_number: int


class OutboxRepeated(_OutboxRepeated):
    """An outbox row came again; nothing else happened."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0204
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _OUTBOX_REPEATED.pack(0x0204, 0, 32, self.source, self.number, self.last_number)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OutboxRepeated:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _OUTBOX_REPEATED_HEADER or len(buffer) - offset < 32:
            check_header("OutboxRepeated", 0x0204, 32, False, buffer, offset)
        _, _, _, source, number, last_number = _OUTBOX_REPEATED.unpack_from(buffer, offset)
        return cls(source, number, last_number)


_COMMAND_REJECTED: Final = Struct("<HHIHHIQ")
_COMMAND_REJECTED_HEADER: Final = HEADER.pack(0x0205, 0, 24)


class _CommandRejected(NamedTuple):
    command: int
    code: int
    account: int
    reference: int


class CommandRejected(_CommandRejected):
    """A command other than `PlaceOrder` was refused and changed nothing."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0205
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _COMMAND_REJECTED.pack(0x0205, 0, 24, self.command, self.code, self.account, self.reference)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CommandRejected:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _COMMAND_REJECTED_HEADER or len(buffer) - offset < 24:
            check_header("CommandRejected", 0x0205, 24, False, buffer, offset)
        _, _, _, command, code, account, reference = _COMMAND_REJECTED.unpack_from(buffer, offset)
        return cls(command, code, account, reference)


_BEFORE_COMMAND: Final = Struct("<HHII4x")
_BEFORE_COMMAND_HEADER: Final = HEADER.pack(0x0206, 0, 16)


class _BeforeCommand(NamedTuple):
    length: int


class BeforeCommand(_BeforeCommand):
    """The events behind it, so many bytes, stand for what happened before the command was looked at: what time brought about, and orders that had fired."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0206
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _BEFORE_COMMAND.pack(0x0206, 0, 16, self.length)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> BeforeCommand:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _BEFORE_COMMAND_HEADER or len(buffer) - offset < 16:
            check_header("BeforeCommand", 0x0206, 16, False, buffer, offset)
        _, _, _, length = _BEFORE_COMMAND.unpack_from(buffer, offset)
        return cls(length)


_ASSET_CREATED: Final = Struct("<HHIIB3x16s")
_ASSET_CREATED_HEADER: Final = HEADER.pack(0x0210, 0, 32)


class _AssetCreated(NamedTuple):
    asset: int
    decimals: int
    symbol: str


class AssetCreated(_AssetCreated):
    """An asset was listed."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0210
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ASSET_CREATED.pack(0x0210, 0, 32, self.asset, self.decimals, put_text(self.symbol, 16))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AssetCreated:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ASSET_CREATED_HEADER or len(buffer) - offset < 32:
            check_header("AssetCreated", 0x0210, 32, False, buffer, offset)
        _, _, _, asset, decimals, symbol = _ASSET_CREATED.unpack_from(buffer, offset)
        return cls(asset, decimals, get_text(symbol))


_ACCOUNT_OPENED: Final = Struct("<HHIIB3x16s")
_ACCOUNT_OPENED_HEADER: Final = HEADER.pack(0x0211, 0, 32)


class _AccountOpened(NamedTuple):
    account: int
    kind: int
    owner: bytes


class AccountOpened(_AccountOpened):
    """An account was opened."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0211
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.owner) != 16:
            raise Malformed("owner has 16 bytes")
        return _ACCOUNT_OPENED.pack(0x0211, 0, 32, self.account, self.kind, self.owner)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AccountOpened:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ACCOUNT_OPENED_HEADER or len(buffer) - offset < 32:
            check_header("AccountOpened", 0x0211, 32, False, buffer, offset)
        _, _, _, account, kind, owner = _ACCOUNT_OPENED.unpack_from(buffer, offset)
        return cls(account, kind, owner)


_ACCOUNT_FROZEN: Final = Struct("<HHII4x")
_ACCOUNT_FROZEN_HEADER: Final = HEADER.pack(0x0212, 0, 16)


class _AccountFrozen(NamedTuple):
    account: int


class AccountFrozen(_AccountFrozen):
    """An account was frozen."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0212
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ACCOUNT_FROZEN.pack(0x0212, 0, 16, self.account)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AccountFrozen:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ACCOUNT_FROZEN_HEADER or len(buffer) - offset < 16:
            check_header("AccountFrozen", 0x0212, 16, False, buffer, offset)
        _, _, _, account = _ACCOUNT_FROZEN.unpack_from(buffer, offset)
        return cls(account)


_ACCOUNT_UNFROZEN: Final = Struct("<HHII4x")
_ACCOUNT_UNFROZEN_HEADER: Final = HEADER.pack(0x0213, 0, 16)


class _AccountUnfrozen(NamedTuple):
    account: int


class AccountUnfrozen(_AccountUnfrozen):
    """A freeze ended."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0213
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ACCOUNT_UNFROZEN.pack(0x0213, 0, 16, self.account)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AccountUnfrozen:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ACCOUNT_UNFROZEN_HEADER or len(buffer) - offset < 16:
            check_header("AccountUnfrozen", 0x0213, 16, False, buffer, offset)
        _, _, _, account = _ACCOUNT_UNFROZEN.unpack_from(buffer, offset)
        return cls(account)


_MARKET_CREATED: Final = Struct("<HHIIIIIBB6xQQQQQQiiIIII")
_MARKET_CREATED_HEADER: Final = HEADER.pack(0x0214, 0, 104)


class _MarketCreated(NamedTuple):
    market: int
    base: int
    quote: int
    price_band_ppm: int
    tick_decimals: int
    status: int
    tick_size: int
    lot_size: int
    tick_lot_units: int
    min_notional: int
    max_quantity: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    creator_account: int
    fee_account: int
    max_open_orders: int


class MarketCreated(_MarketCreated):
    """A market was listed; it is open, or only created."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0214
    WIDTH: ClassVar[int] = 104
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_CREATED.pack(0x0214, 0, 104, self.market, self.base, self.quote, self.price_band_ppm, self.tick_decimals, self.status, self.tick_size, self.lot_size, self.tick_lot_units, self.min_notional & _LOW, self.min_notional >> 64, self.max_quantity, self.maker_fee_ppm, self.taker_fee_ppm, self.creator_share_ppm, self.creator_account, self.fee_account, self.max_open_orders)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketCreated:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_CREATED_HEADER or len(buffer) - offset < 104:
            check_header("MarketCreated", 0x0214, 104, False, buffer, offset)
        _, _, _, market, base, quote, price_band_ppm, tick_decimals, status, tick_size, lot_size, tick_lot_units, min_notional_low, min_notional_high, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, fee_account, max_open_orders = _MARKET_CREATED.unpack_from(buffer, offset)
        return cls(market, base, quote, price_band_ppm, tick_decimals, status, tick_size, lot_size, tick_lot_units, min_notional_low | min_notional_high << 64, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, fee_account, max_open_orders)


_MARKET_STATUS_CHANGED: Final = Struct("<HHIIB3xq")
_MARKET_STATUS_CHANGED_HEADER: Final = HEADER.pack(0x0215, 0, 24)


class _MarketStatusChanged(NamedTuple):
    market: int
    status: int
    auction_ends_at_us: int


class MarketStatusChanged(_MarketStatusChanged):
    """A market has another status, or the one it had anew."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0215
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_STATUS_CHANGED.pack(0x0215, 0, 24, self.market, self.status, self.auction_ends_at_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketStatusChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_STATUS_CHANGED_HEADER or len(buffer) - offset < 24:
            check_header("MarketStatusChanged", 0x0215, 24, False, buffer, offset)
        _, _, _, market, status, auction_ends_at_us = _MARKET_STATUS_CHANGED.unpack_from(buffer, offset)
        return cls(market, status, auction_ends_at_us)


_MARKET_FEES_CHANGED: Final = Struct("<HHIIiiIIB3x")
_MARKET_FEES_CHANGED_HEADER: Final = HEADER.pack(0x0216, 0, 32)


class _MarketFeesChanged(NamedTuple):
    market: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    creator_account: int
    tier: int


class MarketFeesChanged(_MarketFeesChanged):
    """A market's fees for new orders of a fee tier changed."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0216
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_FEES_CHANGED.pack(0x0216, 0, 32, self.market, self.maker_fee_ppm, self.taker_fee_ppm, self.creator_share_ppm, self.creator_account, self.tier)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketFeesChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_FEES_CHANGED_HEADER or len(buffer) - offset < 32:
            check_header("MarketFeesChanged", 0x0216, 32, False, buffer, offset)
        _, _, _, market, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, tier = _MARKET_FEES_CHANGED.unpack_from(buffer, offset)
        return cls(market, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, tier)


_MARKET_SELF_TRADE_CHANGED: Final = Struct("<HHIIB3x")
_MARKET_SELF_TRADE_CHANGED_HEADER: Final = HEADER.pack(0x0217, 0, 16)


class _MarketSelfTradeChanged(NamedTuple):
    market: int
    allowed: int


class MarketSelfTradeChanged(_MarketSelfTradeChanged):
    """Whether orders of a market may ask for no prevention of self-trades."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0217
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_SELF_TRADE_CHANGED.pack(0x0217, 0, 16, self.market, self.allowed)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketSelfTradeChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_SELF_TRADE_CHANGED_HEADER or len(buffer) - offset < 16:
            check_header("MarketSelfTradeChanged", 0x0217, 16, False, buffer, offset)
        _, _, _, market, allowed = _MARKET_SELF_TRADE_CHANGED.unpack_from(buffer, offset)
        return cls(market, allowed)


_MARKET_LIMITS_CHANGED: Final = Struct("<HHIIIQQQQQQQQ")
_MARKET_LIMITS_CHANGED_HEADER: Final = HEADER.pack(0x0218, 0, 80)


class _MarketLimitsChanged(NamedTuple):
    market: int
    max_open_orders: int
    min_notional: int
    max_notional: int
    min_quantity: int
    max_quantity: int
    price_increment: int
    quantity_increment: int


class MarketLimitsChanged(_MarketLimitsChanged):
    """Other limits hold for orders from now on."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0218
    WIDTH: ClassVar[int] = 80
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_LIMITS_CHANGED.pack(0x0218, 0, 80, self.market, self.max_open_orders, self.min_notional & _LOW, self.min_notional >> 64, self.max_notional & _LOW, self.max_notional >> 64, self.min_quantity, self.max_quantity, self.price_increment, self.quantity_increment)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketLimitsChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_LIMITS_CHANGED_HEADER or len(buffer) - offset < 80:
            check_header("MarketLimitsChanged", 0x0218, 80, False, buffer, offset)
        _, _, _, market, max_open_orders, min_notional_low, min_notional_high, max_notional_low, max_notional_high, min_quantity, max_quantity, price_increment, quantity_increment = _MARKET_LIMITS_CHANGED.unpack_from(buffer, offset)
        return cls(market, max_open_orders, min_notional_low | min_notional_high << 64, max_notional_low | max_notional_high << 64, min_quantity, max_quantity, price_increment, quantity_increment)


_MARKET_BAND_CHANGED: Final = Struct("<HHIIIIII4xQ")
_MARKET_BAND_CHANGED_HEADER: Final = HEADER.pack(0x0219, 0, 40)


class _MarketBandChanged(NamedTuple):
    market: int
    price_band_ppm: int
    interruption_ppm: int
    interruption_window_s: int
    interruption_auction_s: int
    reference_price: int


class MarketBandChanged(_MarketBandChanged):
    """Price band and volatility interruption of a market are others."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0219
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_BAND_CHANGED.pack(0x0219, 0, 40, self.market, self.price_band_ppm, self.interruption_ppm, self.interruption_window_s, self.interruption_auction_s, self.reference_price)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketBandChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_BAND_CHANGED_HEADER or len(buffer) - offset < 40:
            check_header("MarketBandChanged", 0x0219, 40, False, buffer, offset)
        _, _, _, market, price_band_ppm, interruption_ppm, interruption_window_s, interruption_auction_s, reference_price = _MARKET_BAND_CHANGED.unpack_from(buffer, offset)
        return cls(market, price_band_ppm, interruption_ppm, interruption_window_s, interruption_auction_s, reference_price)


_MARKET_ORDERS_CANCELLED: Final = Struct("<HHIII")
_MARKET_ORDERS_CANCELLED_HEADER: Final = HEADER.pack(0x021a, 0, 16)


class _MarketOrdersCancelled(NamedTuple):
    market: int
    count: int  # type: ignore[assignment]


class MarketOrdersCancelled(_MarketOrdersCancelled):
    """A `CancelMarketOrders` is done; an `OrderClosed` for each order stands before it."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x021a
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_ORDERS_CANCELLED.pack(0x021a, 0, 16, self.market, self.count)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketOrdersCancelled:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_ORDERS_CANCELLED_HEADER or len(buffer) - offset < 16:
            check_header("MarketOrdersCancelled", 0x021a, 16, False, buffer, offset)
        _, _, _, market, count = _MARKET_ORDERS_CANCELLED.unpack_from(buffer, offset)
        return cls(market, count)


_ACCOUNT_TIER_CHANGED: Final = Struct("<HHIIB3x")
_ACCOUNT_TIER_CHANGED_HEADER: Final = HEADER.pack(0x021b, 0, 16)


class _AccountTierChanged(NamedTuple):
    account: int
    tier: int


class AccountTierChanged(_AccountTierChanged):
    """An account is in another fee tier."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x021b
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ACCOUNT_TIER_CHANGED.pack(0x021b, 0, 16, self.account, self.tier)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AccountTierChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ACCOUNT_TIER_CHANGED_HEADER or len(buffer) - offset < 16:
            check_header("AccountTierChanged", 0x021b, 16, False, buffer, offset)
        _, _, _, account, tier = _ACCOUNT_TIER_CHANGED.unpack_from(buffer, offset)
        return cls(account, tier)


_MARKET_PROMOTION_CHANGED: Final = Struct("<HHIIii4xq")
_MARKET_PROMOTION_CHANGED_HEADER: Final = HEADER.pack(0x021c, 0, 32)


class _MarketPromotionChanged(NamedTuple):
    market: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    ends_at_us: int


class MarketPromotionChanged(_MarketPromotionChanged):
    """A market's promotion began, is another one, or ended before its time."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x021c
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_PROMOTION_CHANGED.pack(0x021c, 0, 32, self.market, self.maker_fee_ppm, self.taker_fee_ppm, self.ends_at_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketPromotionChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_PROMOTION_CHANGED_HEADER or len(buffer) - offset < 32:
            check_header("MarketPromotionChanged", 0x021c, 32, False, buffer, offset)
        _, _, _, market, maker_fee_ppm, taker_fee_ppm, ends_at_us = _MARKET_PROMOTION_CHANGED.unpack_from(buffer, offset)
        return cls(market, maker_fee_ppm, taker_fee_ppm, ends_at_us)


_RISK_LIMITS_CHANGED: Final = Struct("<HHIIB3xQQQQQQQIIIIII")
_RISK_LIMITS_CHANGED_HEADER: Final = HEADER.pack(0x021d, 0, 96)


class _RiskLimitsChanged(NamedTuple):
    market: int
    tier: int
    max_quantity: int
    max_notional: int
    max_notional_per_minute: int
    flag_notional_per_minute: int
    max_open_orders: int
    flag_cancels: int
    flag_cancels_per_fill: int
    flag_far_orders: int
    flag_far_ppm: int
    flag_self_trades: int


class RiskLimitsChanged(_RiskLimitsChanged):
    """Other risk limits hold for accounts of a tier in a market."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x021d
    WIDTH: ClassVar[int] = 96
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _RISK_LIMITS_CHANGED.pack(0x021d, 0, 96, self.market, self.tier, self.max_quantity, self.max_notional & _LOW, self.max_notional >> 64, self.max_notional_per_minute & _LOW, self.max_notional_per_minute >> 64, self.flag_notional_per_minute & _LOW, self.flag_notional_per_minute >> 64, self.max_open_orders, self.flag_cancels, self.flag_cancels_per_fill, self.flag_far_orders, self.flag_far_ppm, self.flag_self_trades)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> RiskLimitsChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _RISK_LIMITS_CHANGED_HEADER or len(buffer) - offset < 96:
            check_header("RiskLimitsChanged", 0x021d, 96, False, buffer, offset)
        _, _, _, market, tier, max_quantity, max_notional_low, max_notional_high, max_notional_per_minute_low, max_notional_per_minute_high, flag_notional_per_minute_low, flag_notional_per_minute_high, max_open_orders, flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades = _RISK_LIMITS_CHANGED.unpack_from(buffer, offset)
        return cls(market, tier, max_quantity, max_notional_low | max_notional_high << 64, max_notional_per_minute_low | max_notional_per_minute_high << 64, flag_notional_per_minute_low | flag_notional_per_minute_high << 64, max_open_orders, flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades)


_ACCOUNT_FLAGGED: Final = Struct("<HHIIIB3xIQQQQ")
_ACCOUNT_FLAGGED_HEADER: Final = HEADER.pack(0x021e, 0, 56)


class _AccountFlagged(NamedTuple):
    account: int
    market: int
    pattern: int
    fills: int
    counted: int
    bound: int


class AccountFlagged(_AccountFlagged):
    """An account has shown a pattern that operators want to hear of. It is not told of that."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x021e
    WIDTH: ClassVar[int] = 56
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ACCOUNT_FLAGGED.pack(0x021e, 0, 56, self.account, self.market, self.pattern, self.fills, self.counted & _LOW, self.counted >> 64, self.bound & _LOW, self.bound >> 64)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AccountFlagged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ACCOUNT_FLAGGED_HEADER or len(buffer) - offset < 56:
            check_header("AccountFlagged", 0x021e, 56, False, buffer, offset)
        _, _, _, account, market, pattern, fills, counted_low, counted_high, bound_low, bound_high = _ACCOUNT_FLAGGED.unpack_from(buffer, offset)
        return cls(account, market, pattern, fills, counted_low | counted_high << 64, bound_low | bound_high << 64)


_ORDER_ACCEPTED: Final = Struct("<HHIQIIBBBBIQQiiQQQQQq40s")
_ORDER_ACCEPTED_HEADER: Final = HEADER.pack(0x0220, 0, 144)
_SHORT_ORDER_ACCEPTED: Final = Struct("<HHIQIIBBBBIQQii")
_SHORT_ORDER_ACCEPTED_HEADER: Final = HEADER.pack(0x0220, 0, 56)


class _OrderAccepted(NamedTuple):
    order_id: int
    account: int
    market: int
    side: int
    order_type: int
    time_in_force: int
    self_trade_prevention: int
    flags: int
    price: int
    quantity: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    quote_amount: int
    stop_price: int
    trailing_delta: int
    display_quantity: int
    expires_at_us: int
    client_order_id: str


class OrderAccepted(_OrderAccepted):
    """An order was taken in. Trades and an `OrderClosed` may follow; otherwise its rest rests."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0220
    WIDTH: ClassVar[int] = 144
    SHORT_WIDTH: ClassVar[int] = 56
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if not (self.quote_amount or self.stop_price or self.trailing_delta or self.display_quantity or self.expires_at_us or self.client_order_id):
            return _SHORT_ORDER_ACCEPTED.pack(0x0220, 0, 56, self.order_id, self.account, self.market, self.side, self.order_type, self.time_in_force, self.self_trade_prevention, self.flags, self.price, self.quantity, self.maker_fee_ppm, self.taker_fee_ppm)
        return _ORDER_ACCEPTED.pack(0x0220, 0, 144, self.order_id, self.account, self.market, self.side, self.order_type, self.time_in_force, self.self_trade_prevention, self.flags, self.price, self.quantity, self.maker_fee_ppm, self.taker_fee_ppm, self.quote_amount & _LOW, self.quote_amount >> 64, self.stop_price, self.trailing_delta, self.display_quantity, self.expires_at_us, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderAccepted:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] == _SHORT_ORDER_ACCEPTED_HEADER and len(buffer) - offset >= 56:
            _, _, _, order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, maker_fee_ppm, taker_fee_ppm = _SHORT_ORDER_ACCEPTED.unpack_from(buffer, offset)
            return cls(order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, maker_fee_ppm, taker_fee_ppm, 0, 0, 0, 0, 0, "")
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_ACCEPTED_HEADER or len(buffer) - offset < 144:
            check_header("OrderAccepted", 0x0220, 144, False, buffer, offset)
        _, _, _, order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, maker_fee_ppm, taker_fee_ppm, quote_amount_low, quote_amount_high, stop_price, trailing_delta, display_quantity, expires_at_us, client_order_id = _ORDER_ACCEPTED.unpack_from(buffer, offset)
        if not (quote_amount_low or quote_amount_high or stop_price or trailing_delta or display_quantity or expires_at_us or any(client_order_id)):
            raise Malformed("144 bytes are not the length of OrderAccepted")
        return cls(order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, maker_fee_ppm, taker_fee_ppm, quote_amount_low | quote_amount_high << 64, stop_price, trailing_delta, display_quantity, expires_at_us, get_text(client_order_id))


_ORDER_REJECTED: Final = Struct("<HHIIIH6x40s")
_ORDER_REJECTED_HEADER: Final = HEADER.pack(0x0221, 0, 64)


class _OrderRejected(NamedTuple):
    account: int
    market: int
    code: int
    client_order_id: str


class OrderRejected(_OrderRejected):
    """An order was refused and changed nothing."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0221
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_REJECTED.pack(0x0221, 0, 64, self.account, self.market, self.code, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderRejected:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_REJECTED_HEADER or len(buffer) - offset < 64:
            check_header("OrderRejected", 0x0221, 64, False, buffer, offset)
        _, _, _, account, market, code, client_order_id = _ORDER_REJECTED.unpack_from(buffer, offset)
        return cls(account, market, code, get_text(client_order_id))


_ORDER_REPEATED: Final = Struct("<HHIQQII")
_ORDER_REPEATED_HEADER: Final = HEADER.pack(0x0222, 0, 32)


class _OrderRepeated(NamedTuple):
    order_id: int
    original_sequence: int
    account: int
    market: int


class OrderRepeated(_OrderRepeated):
    """The same order came again under the same client order id; nothing happened."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0222
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_REPEATED.pack(0x0222, 0, 32, self.order_id, self.original_sequence, self.account, self.market)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderRepeated:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_REPEATED_HEADER or len(buffer) - offset < 32:
            check_header("OrderRepeated", 0x0222, 32, False, buffer, offset)
        _, _, _, order_id, original_sequence, account, market = _ORDER_REPEATED.unpack_from(buffer, offset)
        return cls(order_id, original_sequence, account, market)


_ORDER_CLOSED: Final = Struct("<HHIQIIBB6xQQQQQQq")
_ORDER_CLOSED_HEADER: Final = HEADER.pack(0x0223, 0, 88)
_SHORT_ORDER_CLOSED: Final = Struct("<HHIQIIBB6xQQ")
_SHORT_ORDER_CLOSED_HEADER: Final = HEADER.pack(0x0223, 0, 48)


class _OrderClosed(NamedTuple):
    order_id: int
    account: int
    market: int
    reason: int
    side: int
    price: int
    remaining_quantity: int
    filled_quantity: int
    filled_notional: int
    fee: int


class OrderClosed(_OrderClosed):
    """An order is no longer open."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0223
    WIDTH: ClassVar[int] = 88
    SHORT_WIDTH: ClassVar[int] = 48
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if not (self.filled_quantity or self.filled_notional or self.fee):
            return _SHORT_ORDER_CLOSED.pack(0x0223, 0, 48, self.order_id, self.account, self.market, self.reason, self.side, self.price, self.remaining_quantity)
        return _ORDER_CLOSED.pack(0x0223, 0, 88, self.order_id, self.account, self.market, self.reason, self.side, self.price, self.remaining_quantity, self.filled_quantity, self.filled_notional & _LOW, self.filled_notional >> 64, self.fee & _LOW, self.fee >> 64)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderClosed:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] == _SHORT_ORDER_CLOSED_HEADER and len(buffer) - offset >= 48:
            _, _, _, order_id, account, market, reason, side, price, remaining_quantity = _SHORT_ORDER_CLOSED.unpack_from(buffer, offset)
            return cls(order_id, account, market, reason, side, price, remaining_quantity, 0, 0, 0)
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_CLOSED_HEADER or len(buffer) - offset < 88:
            check_header("OrderClosed", 0x0223, 88, False, buffer, offset)
        _, _, _, order_id, account, market, reason, side, price, remaining_quantity, filled_quantity, filled_notional_low, filled_notional_high, fee_low, fee_high = _ORDER_CLOSED.unpack_from(buffer, offset)
        if not (filled_quantity or filled_notional_low or filled_notional_high or fee_low or fee_high):
            raise Malformed("88 bytes are not the length of OrderClosed")
        return cls(order_id, account, market, reason, side, price, remaining_quantity, filled_quantity, filled_notional_low | filled_notional_high << 64, fee_low | fee_high << 64)


_ORDERS_CANCELLED: Final = Struct("<HHIII")
_ORDERS_CANCELLED_HEADER: Final = HEADER.pack(0x0224, 0, 16)


class _OrdersCancelled(NamedTuple):
    account: int
    count: int  # type: ignore[assignment]


class OrdersCancelled(_OrdersCancelled):
    """A `CancelAllOrders` is done; an `OrderClosed` for each order stands before it."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0224
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDERS_CANCELLED.pack(0x0224, 0, 16, self.account, self.count)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrdersCancelled:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDERS_CANCELLED_HEADER or len(buffer) - offset < 16:
            check_header("OrdersCancelled", 0x0224, 16, False, buffer, offset)
        _, _, _, account, count = _ORDERS_CANCELLED.unpack_from(buffer, offset)
        return cls(account, count)


_ORDERS_EXPIRED: Final = Struct("<HHII4x")
_ORDERS_EXPIRED_HEADER: Final = HEADER.pack(0x0225, 0, 16)


class _OrdersExpired(NamedTuple):
    count: int  # type: ignore[assignment]


class OrdersExpired(_OrdersExpired):
    """Orders expired before the command was looked at; an `OrderClosed` for each stands behind it, and for those linked with them."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0225
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDERS_EXPIRED.pack(0x0225, 0, 16, self.count)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrdersExpired:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDERS_EXPIRED_HEADER or len(buffer) - offset < 16:
            check_header("OrdersExpired", 0x0225, 16, False, buffer, offset)
        _, _, _, count = _ORDERS_EXPIRED.unpack_from(buffer, offset)
        return cls(count)


_ORDER_AMENDED: Final = Struct("<HHIQIIQQQQQB7x")
_ORDER_AMENDED_HEADER: Final = HEADER.pack(0x0226, 0, 72)


class _OrderAmended(NamedTuple):
    order_id: int
    account: int
    market: int
    price: int
    quantity: int
    display_quantity: int
    stop_price: int
    remaining_quantity: int
    keeps_priority: int


class OrderAmended(_OrderAmended):
    """An open order was changed. If it lost its priority, trades and an `OrderClosed` may follow."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0226
    WIDTH: ClassVar[int] = 72
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_AMENDED.pack(0x0226, 0, 72, self.order_id, self.account, self.market, self.price, self.quantity, self.display_quantity, self.stop_price, self.remaining_quantity, self.keeps_priority)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderAmended:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_AMENDED_HEADER or len(buffer) - offset < 72:
            check_header("OrderAmended", 0x0226, 72, False, buffer, offset)
        _, _, _, order_id, account, market, price, quantity, display_quantity, stop_price, remaining_quantity, keeps_priority = _ORDER_AMENDED.unpack_from(buffer, offset)
        return cls(order_id, account, market, price, quantity, display_quantity, stop_price, remaining_quantity, keeps_priority)


_ORDER_TRIGGERED: Final = Struct("<HHIQIIQQ")
_ORDER_TRIGGERED_HEADER: Final = HEADER.pack(0x0227, 0, 40)


class _OrderTriggered(NamedTuple):
    order_id: int
    account: int
    market: int
    stop_price: int
    last_price: int


class OrderTriggered(_OrderTriggered):
    """The turn of a trigger order has come that fired, maybe commands ago: it matches now. What that brings about follows."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0227
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_TRIGGERED.pack(0x0227, 0, 40, self.order_id, self.account, self.market, self.stop_price, self.last_price)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderTriggered:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_TRIGGERED_HEADER or len(buffer) - offset < 40:
            check_header("OrderTriggered", 0x0227, 40, False, buffer, offset)
        _, _, _, order_id, account, market, stop_price, last_price = _ORDER_TRIGGERED.unpack_from(buffer, offset)
        return cls(order_id, account, market, stop_price, last_price)


_ORDERS_LINKED: Final = Struct("<HHIB7xIIQQQ")
_ORDERS_LINKED_HEADER: Final = HEADER.pack(0x0228, 0, 48)


class _OrdersLinked(NamedTuple):
    kind: int
    account: int
    market: int
    first: int
    second: int
    third: int


class OrdersLinked(_OrdersLinked):
    """The orders of a list were taken in, and are linked; an `OrderAccepted` for each stands before it."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0228
    WIDTH: ClassVar[int] = 48
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDERS_LINKED.pack(0x0228, 0, 48, self.kind, self.account, self.market, self.first, self.second, self.third)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrdersLinked:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDERS_LINKED_HEADER or len(buffer) - offset < 48:
            check_header("OrdersLinked", 0x0228, 48, False, buffer, offset)
        _, _, _, kind, account, market, first, second, third = _ORDERS_LINKED.unpack_from(buffer, offset)
        return cls(kind, account, market, first, second, third)


_ORDER_ACTIVATED: Final = Struct("<HHIQIIQQ")
_ORDER_ACTIVATED_HEADER: Final = HEADER.pack(0x0229, 0, 40)


class _OrderActivated(NamedTuple):
    order_id: int
    account: int
    market: int
    quantity: int
    stop_price: int


class OrderActivated(_OrderActivated):
    """The entry of a bracket has closed, and this exit sells from now on what it bought."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0229
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_ACTIVATED.pack(0x0229, 0, 40, self.order_id, self.account, self.market, self.quantity, self.stop_price)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderActivated:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_ACTIVATED_HEADER or len(buffer) - offset < 40:
            check_header("OrderActivated", 0x0229, 40, False, buffer, offset)
        _, _, _, order_id, account, market, quantity, stop_price = _ORDER_ACTIVATED.unpack_from(buffer, offset)
        return cls(order_id, account, market, quantity, stop_price)


_CANCEL_TIMER_SET: Final = Struct("<HHII4xq")
_CANCEL_TIMER_SET_HEADER: Final = HEADER.pack(0x022a, 0, 24)


class _CancelTimerSet(NamedTuple):
    account: int
    fires_at_us: int


class CancelTimerSet(_CancelTimerSet):
    """An account's cancel timer was set, or taken away."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x022a
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CANCEL_TIMER_SET.pack(0x022a, 0, 24, self.account, self.fires_at_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CancelTimerSet:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CANCEL_TIMER_SET_HEADER or len(buffer) - offset < 24:
            check_header("CancelTimerSet", 0x022a, 24, False, buffer, offset)
        _, _, _, account, fires_at_us = _CANCEL_TIMER_SET.unpack_from(buffer, offset)
        return cls(account, fires_at_us)


_CANCEL_TIMER_FIRED: Final = Struct("<HHIII")
_CANCEL_TIMER_FIRED_HEADER: Final = HEADER.pack(0x022b, 0, 16)


class _CancelTimerFired(NamedTuple):
    account: int
    count: int  # type: ignore[assignment]


class CancelTimerFired(_CancelTimerFired):
    """An account's cancel timer fired; an `OrderClosed` for each order stands before it."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x022b
    WIDTH: ClassVar[int] = 16
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CANCEL_TIMER_FIRED.pack(0x022b, 0, 16, self.account, self.count)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CancelTimerFired:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CANCEL_TIMER_FIRED_HEADER or len(buffer) - offset < 16:
            check_header("CancelTimerFired", 0x022b, 16, False, buffer, offset)
        _, _, _, account, count = _CANCEL_TIMER_FIRED.unpack_from(buffer, offset)
        return cls(account, count)


_TRADED: Final = Struct("<HHIQIBB2xQQQQQQIIQqQqQqIIQQ")
_TRADED_HEADER: Final = HEADER.pack(0x0230, 0, 152)


class _Traded(NamedTuple):
    trade_id: int
    market: int
    taker_side: int
    auction: int
    price: int
    quantity: int
    notional: int
    maker_order_id: int
    taker_order_id: int
    maker_account: int
    taker_account: int
    maker_fee: int
    taker_fee: int
    creator_fee: int
    fee_account: int
    creator_account: int
    maker_remaining: int
    taker_remaining: int


class Traded(_Traded):
    """Two orders traded: at the maker's price, or at the price of an auction."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0230
    WIDTH: ClassVar[int] = 152
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _TRADED.pack(0x0230, 0, 152, self.trade_id, self.market, self.taker_side, self.auction, self.price, self.quantity, self.notional & _LOW, self.notional >> 64, self.maker_order_id, self.taker_order_id, self.maker_account, self.taker_account, self.maker_fee & _LOW, self.maker_fee >> 64, self.taker_fee & _LOW, self.taker_fee >> 64, self.creator_fee & _LOW, self.creator_fee >> 64, self.fee_account, self.creator_account, self.maker_remaining, self.taker_remaining)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Traded:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _TRADED_HEADER or len(buffer) - offset < 152:
            check_header("Traded", 0x0230, 152, False, buffer, offset)
        _, _, _, trade_id, market, taker_side, auction, price, quantity, notional_low, notional_high, maker_order_id, taker_order_id, maker_account, taker_account, maker_fee_low, maker_fee_high, taker_fee_low, taker_fee_high, creator_fee_low, creator_fee_high, fee_account, creator_account, maker_remaining, taker_remaining = _TRADED.unpack_from(buffer, offset)
        return cls(trade_id, market, taker_side, auction, price, quantity, notional_low | notional_high << 64, maker_order_id, taker_order_id, maker_account, taker_account, maker_fee_low | maker_fee_high << 64, taker_fee_low | taker_fee_high << 64, creator_fee_low | creator_fee_high << 64, fee_account, creator_account, maker_remaining, taker_remaining)


_SELF_TRADE_PREVENTED: Final = Struct("<HHIQQIIIBB2xQQQQ")
_SELF_TRADE_PREVENTED_HEADER: Final = HEADER.pack(0x0231, 0, 72)


class _SelfTradePrevented(NamedTuple):
    maker_order_id: int
    taker_order_id: int
    maker_account: int
    taker_account: int
    market: int
    taker_side: int
    self_trade_prevention: int
    price: int
    quantity: int
    maker_remaining: int
    taker_remaining: int


class SelfTradePrevented(_SelfTradePrevented):
    """Two orders of the same owner met, and did not trade."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0231
    WIDTH: ClassVar[int] = 72
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _SELF_TRADE_PREVENTED.pack(0x0231, 0, 72, self.maker_order_id, self.taker_order_id, self.maker_account, self.taker_account, self.market, self.taker_side, self.self_trade_prevention, self.price, self.quantity, self.maker_remaining, self.taker_remaining)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> SelfTradePrevented:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SELF_TRADE_PREVENTED_HEADER or len(buffer) - offset < 72:
            check_header("SelfTradePrevented", 0x0231, 72, False, buffer, offset)
        _, _, _, maker_order_id, taker_order_id, maker_account, taker_account, market, taker_side, self_trade_prevention, price, quantity, maker_remaining, taker_remaining = _SELF_TRADE_PREVENTED.unpack_from(buffer, offset)
        return cls(maker_order_id, taker_order_id, maker_account, taker_account, market, taker_side, self_trade_prevention, price, quantity, maker_remaining, taker_remaining)


_AUCTION_INDICATED: Final = Struct("<HHIIB3xQQQ")
_AUCTION_INDICATED_HEADER: Final = HEADER.pack(0x0232, 0, 40)


class _AuctionIndicated(NamedTuple):
    market: int
    surplus_side: int
    price: int
    volume: int
    surplus: int


class AuctionIndicated(_AuctionIndicated):
    """What an auction would trade if it ended now."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0232
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _AUCTION_INDICATED.pack(0x0232, 0, 40, self.market, self.surplus_side, self.price, self.volume, self.surplus)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AuctionIndicated:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _AUCTION_INDICATED_HEADER or len(buffer) - offset < 40:
            check_header("AuctionIndicated", 0x0232, 40, False, buffer, offset)
        _, _, _, market, surplus_side, price, volume, surplus = _AUCTION_INDICATED.unpack_from(buffer, offset)
        return cls(market, surplus_side, price, volume, surplus)


_AUCTION_UNCROSSED: Final = Struct("<HHII4xQQQ")
_AUCTION_UNCROSSED_HEADER: Final = HEADER.pack(0x0233, 0, 40)


class _AuctionUncrossed(NamedTuple):
    market: int
    price: int
    volume: int
    uncross_price: int


class AuctionUncrossed(_AuctionUncrossed):
    """The orders of an auction have traded, or as many of them as one command may."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0233
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _AUCTION_UNCROSSED.pack(0x0233, 0, 40, self.market, self.price, self.volume, self.uncross_price)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AuctionUncrossed:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _AUCTION_UNCROSSED_HEADER or len(buffer) - offset < 40:
            check_header("AuctionUncrossed", 0x0233, 40, False, buffer, offset)
        _, _, _, market, price, volume, uncross_price = _AUCTION_UNCROSSED.unpack_from(buffer, offset)
        return cls(market, price, volume, uncross_price)


_DEPTH_CHANGED: Final = Struct("<HHIIB3xQQQ")
_DEPTH_CHANGED_HEADER: Final = HEADER.pack(0x0240, 0, 40)


class _DepthChanged(NamedTuple):
    market: int
    side: int
    book_sequence: int
    price: int
    quantity: int


class DepthChanged(_DepthChanged):
    """A level of the book has another total. One `book_sequence` each."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0240
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _DEPTH_CHANGED.pack(0x0240, 0, 40, self.market, self.side, self.book_sequence, self.price, self.quantity)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> DepthChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _DEPTH_CHANGED_HEADER or len(buffer) - offset < 40:
            check_header("DepthChanged", 0x0240, 40, False, buffer, offset)
        _, _, _, market, side, book_sequence, price, quantity = _DEPTH_CHANGED.unpack_from(buffer, offset)
        return cls(market, side, book_sequence, price, quantity)


_BALANCE_CHANGED: Final = Struct("<HHIIIQqQq")
_BALANCE_CHANGED_HEADER: Final = HEADER.pack(0x0250, 0, 48)


class _BalanceChanged(NamedTuple):
    account: int
    asset: int
    available: int
    locked: int


class BalanceChanged(_BalanceChanged):
    """A balance is another one: the values after the command."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0250
    WIDTH: ClassVar[int] = 48
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _BALANCE_CHANGED.pack(0x0250, 0, 48, self.account, self.asset, self.available & _LOW, self.available >> 64, self.locked & _LOW, self.locked >> 64)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> BalanceChanged:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _BALANCE_CHANGED_HEADER or len(buffer) - offset < 48:
            check_header("BalanceChanged", 0x0250, 48, False, buffer, offset)
        _, _, _, account, asset, available_low, available_high, locked_low, locked_high = _BALANCE_CHANGED.unpack_from(buffer, offset)
        return cls(account, asset, available_low | available_high << 64, locked_low | locked_high << 64)


_TRANSFER_MADE: Final = Struct("<HHIQ16sI4x")


class _TransferMade(NamedTuple):
    transfer: int
    reference: bytes
    leg_count: int


class TransferMade(_TransferMade):
    """Money moved. The tail is `leg_count` times `TransferLeg`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0260
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _TRANSFER_MADE.pack(0x0260, 0, 40 + check_tail(tail), self.transfer, self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> TransferMade:
        """Reads the message at `offset`, without its tail."""
        check_header("TransferMade", 0x0260, 40, True, buffer, offset)
        _, _, _, transfer, reference, leg_count = _TRANSFER_MADE.unpack_from(buffer, offset)
        return cls(transfer, reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("TransferMade", 0x0260, 40, True, buffer, offset)
        return buffer[offset + 40 : offset + length]


_TRANSFER_HELD: Final = Struct("<HHIQ16sI4x")


class _TransferHeld(NamedTuple):
    transfer: int
    reference: bytes
    leg_count: int


class TransferHeld(_TransferHeld):
    """Money was locked for a transfer. The tail is `leg_count` times `TransferLeg`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0261
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _TRANSFER_HELD.pack(0x0261, 0, 40 + check_tail(tail), self.transfer, self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> TransferHeld:
        """Reads the message at `offset`, without its tail."""
        check_header("TransferHeld", 0x0261, 40, True, buffer, offset)
        _, _, _, transfer, reference, leg_count = _TRANSFER_HELD.unpack_from(buffer, offset)
        return cls(transfer, reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("TransferHeld", 0x0261, 40, True, buffer, offset)
        return buffer[offset + 40 : offset + length]


_TRANSFER_SETTLED: Final = Struct("<HHIQ16sI4x")


class _TransferSettled(NamedTuple):
    transfer: int
    reference: bytes
    leg_count: int


class TransferSettled(_TransferSettled):
    """A held transfer was made. The tail is `leg_count` times `TransferLeg`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0262
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _TRANSFER_SETTLED.pack(0x0262, 0, 40 + check_tail(tail), self.transfer, self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> TransferSettled:
        """Reads the message at `offset`, without its tail."""
        check_header("TransferSettled", 0x0262, 40, True, buffer, offset)
        _, _, _, transfer, reference, leg_count = _TRANSFER_SETTLED.unpack_from(buffer, offset)
        return cls(transfer, reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("TransferSettled", 0x0262, 40, True, buffer, offset)
        return buffer[offset + 40 : offset + length]


_TRANSFER_VOIDED: Final = Struct("<HHIQ16sI4x")


class _TransferVoided(NamedTuple):
    transfer: int
    reference: bytes
    leg_count: int


class TransferVoided(_TransferVoided):
    """A held transfer was given up, and its money released. The tail is `leg_count` times `TransferLeg`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0263
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _TRANSFER_VOIDED.pack(0x0263, 0, 40 + check_tail(tail), self.transfer, self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> TransferVoided:
        """Reads the message at `offset`, without its tail."""
        check_header("TransferVoided", 0x0263, 40, True, buffer, offset)
        _, _, _, transfer, reference, leg_count = _TRANSFER_VOIDED.unpack_from(buffer, offset)
        return cls(transfer, reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("TransferVoided", 0x0263, 40, True, buffer, offset)
        return buffer[offset + 40 : offset + length]


_RECORD: Final = Struct("<HHIQQQqQQI4x")


class _Record(NamedTuple):
    checksum: int
    epoch: int
    first_sequence: int
    time_us: int
    previous_checksum: int
    previous_chain: int
    count: int  # type: ignore[assignment]


class Record(_Record):
    """One batch of the journal; the tail is `count` commands one behind another."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0301
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _RECORD.pack(0x0301, 0, 64 + check_tail(tail), self.checksum, self.epoch, self.first_sequence, self.time_us, self.previous_checksum, self.previous_chain, self.count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Record:
        """Reads the message at `offset`, without its tail."""
        check_header("Record", 0x0301, 64, True, buffer, offset)
        _, _, _, checksum, epoch, first_sequence, time_us, previous_checksum, previous_chain, count = _RECORD.unpack_from(buffer, offset)
        return cls(checksum, epoch, first_sequence, time_us, previous_checksum, previous_chain, count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Record", 0x0301, 64, True, buffer, offset)
        return buffer[offset + 64 : offset + length]


_GROUP: Final = Struct("<HHIQqQ")


class _Group(NamedTuple):
    sequence: int
    time_us: int
    chain: int


class Group(_Group):
    """One command's events; the tail is the events one behind another."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0302
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        return _GROUP.pack(0x0302, 0, 32 + check_tail(tail), self.sequence, self.time_us, self.chain) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Group:
        """Reads the message at `offset`, without its tail."""
        check_header("Group", 0x0302, 32, True, buffer, offset)
        _, _, _, sequence, time_us, chain = _GROUP.unpack_from(buffer, offset)
        return cls(sequence, time_us, chain)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("Group", 0x0302, 32, True, buffer, offset)
        return buffer[offset + 32 : offset + length]


_JOURNAL_SEGMENT: Final = Struct("<HHI8sQQQ16x8x")
_JOURNAL_SEGMENT_HEADER: Final = HEADER.pack(0x0303, 0, 64)


class _JournalSegment(NamedTuple):
    magic: bytes
    first_sequence: int
    previous_checksum: int
    checksum: int


class JournalSegment(_JournalSegment):
    """The start of a journal segment, 64 bytes; records follow."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0303
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.magic) != 8:
            raise Malformed("magic has 8 bytes")
        return _JOURNAL_SEGMENT.pack(0x0303, 0, 64, self.magic, self.first_sequence, self.previous_checksum, self.checksum)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> JournalSegment:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _JOURNAL_SEGMENT_HEADER or len(buffer) - offset < 64:
            check_header("JournalSegment", 0x0303, 64, False, buffer, offset)
        _, _, _, magic, first_sequence, previous_checksum, checksum = _JOURNAL_SEGMENT.unpack_from(buffer, offset)
        return cls(magic, first_sequence, previous_checksum, checksum)


_EVENT_SEGMENT: Final = Struct("<HHI8sQQQ16x8x")
_EVENT_SEGMENT_HEADER: Final = HEADER.pack(0x0304, 0, 64)


class _EventSegment(NamedTuple):
    magic: bytes
    first_sequence: int
    previous_chain: int
    checksum: int


class EventSegment(_EventSegment):
    """The start of an event segment, 64 bytes; groups follow."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0304
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.magic) != 8:
            raise Malformed("magic has 8 bytes")
        return _EVENT_SEGMENT.pack(0x0304, 0, 64, self.magic, self.first_sequence, self.previous_chain, self.checksum)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> EventSegment:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _EVENT_SEGMENT_HEADER or len(buffer) - offset < 64:
            check_header("EventSegment", 0x0304, 64, False, buffer, offset)
        _, _, _, magic, first_sequence, previous_chain, checksum = _EVENT_SEGMENT.unpack_from(buffer, offset)
        return cls(magic, first_sequence, previous_chain, checksum)


_WATERMARK: Final = Struct("<HHI8sQQQ16x8x")
_WATERMARK_HEADER: Final = HEADER.pack(0x0305, 0, 64)


class _Watermark(NamedTuple):
    magic: bytes
    sequence: int
    epoch: int
    leader_process: int


class Watermark(_Watermark):
    """The mapped header up to which journal and event log may be read. The leader alone writes it, each u64 in one store, `epoch` before `sequence`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0305
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.magic) != 8:
            raise Malformed("magic has 8 bytes")
        return _WATERMARK.pack(0x0305, 0, 64, self.magic, self.sequence, self.epoch, self.leader_process)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Watermark:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _WATERMARK_HEADER or len(buffer) - offset < 64:
            check_header("Watermark", 0x0305, 64, False, buffer, offset)
        _, _, _, magic, sequence, epoch, leader_process = _WATERMARK.unpack_from(buffer, offset)
        return cls(magic, sequence, epoch, leader_process)


_SNAPSHOT: Final = Struct("<HHI8sQQQqQQQQ32sQ")
_SNAPSHOT_HEADER: Final = HEADER.pack(0x0306, 0, 120)


class _Snapshot(NamedTuple):
    magic: bytes
    checksum: int
    epoch: int
    sequence: int
    time_us: int
    chain: int
    record_checksum: int
    journal_segment: int
    journal_offset: int
    state_hash: bytes
    body_length: int


class Snapshot(_Snapshot):
    """The start of a snapshot; the tail is the core's state entries."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0306
    WIDTH: ClassVar[int] = 120
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.magic) != 8:
            raise Malformed("magic has 8 bytes")
        if len(self.state_hash) != 32:
            raise Malformed("state_hash has 32 bytes")
        return _SNAPSHOT.pack(0x0306, 0, 120, self.magic, self.checksum, self.epoch, self.sequence, self.time_us, self.chain, self.record_checksum, self.journal_segment, self.journal_offset, self.state_hash, self.body_length)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> Snapshot:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _SNAPSHOT_HEADER or len(buffer) - offset < 120:
            check_header("Snapshot", 0x0306, 120, False, buffer, offset)
        _, _, _, magic, checksum, epoch, sequence, time_us, chain, record_checksum, journal_segment, journal_offset, state_hash, body_length = _SNAPSHOT.unpack_from(buffer, offset)
        return cls(magic, checksum, epoch, sequence, time_us, chain, record_checksum, journal_segment, journal_offset, state_hash, body_length)


_CORE_STATE: Final = Struct("<HHIQqQQQQI4x")
_CORE_STATE_HEADER: Final = HEADER.pack(0x0401, 0, 64)


class _CoreState(NamedTuple):
    sequence: int
    time_us: int
    chain: int
    epoch: int
    last_order_id: int
    last_transfer_id: int
    rules_version: int


class CoreState(_CoreState):
    """The counters; the first entry."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0401
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CORE_STATE.pack(0x0401, 0, 64, self.sequence, self.time_us, self.chain, self.epoch, self.last_order_id, self.last_transfer_id, self.rules_version)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CoreState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CORE_STATE_HEADER or len(buffer) - offset < 64:
            check_header("CoreState", 0x0401, 64, False, buffer, offset)
        _, _, _, sequence, time_us, chain, epoch, last_order_id, last_transfer_id, rules_version = _CORE_STATE.unpack_from(buffer, offset)
        return cls(sequence, time_us, chain, epoch, last_order_id, last_transfer_id, rules_version)


_ASSET_STATE: Final = Struct("<HHIIB3x16s")
_ASSET_STATE_HEADER: Final = HEADER.pack(0x0402, 0, 32)


class _AssetState(NamedTuple):
    asset: int
    decimals: int
    symbol: str


class AssetState(_AssetState):
    """An asset."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0402
    WIDTH: ClassVar[int] = 32
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ASSET_STATE.pack(0x0402, 0, 32, self.asset, self.decimals, put_text(self.symbol, 16))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AssetState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ASSET_STATE_HEADER or len(buffer) - offset < 32:
            check_header("AssetState", 0x0402, 32, False, buffer, offset)
        _, _, _, asset, decimals, symbol = _ASSET_STATE.unpack_from(buffer, offset)
        return cls(asset, decimals, get_text(symbol))


_ACCOUNT_STATE: Final = Struct("<HHIIBBB1x16sQ")
_ACCOUNT_STATE_HEADER: Final = HEADER.pack(0x0403, 0, 40)


class _AccountState(NamedTuple):
    account: int
    kind: int
    frozen: int
    tier: int
    owner: bytes
    closed_client_orders: int


class AccountState(_AccountState):
    """An account."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0403
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        if len(self.owner) != 16:
            raise Malformed("owner has 16 bytes")
        return _ACCOUNT_STATE.pack(0x0403, 0, 40, self.account, self.kind, self.frozen, self.tier, self.owner, self.closed_client_orders)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> AccountState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ACCOUNT_STATE_HEADER or len(buffer) - offset < 40:
            check_header("AccountState", 0x0403, 40, False, buffer, offset)
        _, _, _, account, kind, frozen, tier, owner, closed_client_orders = _ACCOUNT_STATE.unpack_from(buffer, offset)
        return cls(account, kind, frozen, tier, owner, closed_client_orders)


_BALANCE_STATE: Final = Struct("<HHIIIQqQq")
_BALANCE_STATE_HEADER: Final = HEADER.pack(0x0404, 0, 48)


class _BalanceState(NamedTuple):
    account: int
    asset: int
    available: int
    locked: int


class BalanceState(_BalanceState):
    """A balance."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0404
    WIDTH: ClassVar[int] = 48
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _BALANCE_STATE.pack(0x0404, 0, 48, self.account, self.asset, self.available & _LOW, self.available >> 64, self.locked & _LOW, self.locked >> 64)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> BalanceState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _BALANCE_STATE_HEADER or len(buffer) - offset < 48:
            check_header("BalanceState", 0x0404, 48, False, buffer, offset)
        _, _, _, account, asset, available_low, available_high, locked_low, locked_high = _BALANCE_STATE.unpack_from(buffer, offset)
        return cls(account, asset, available_low | available_high << 64, locked_low | locked_high << 64)


_MARKET_STATE: Final = Struct("<HHIIIIBBBBQQQQQiiIIIIQQQiiqqQQQqQQQIIIIQQQQQ")
_MARKET_STATE_HEADER: Final = HEADER.pack(0x0405, 0, 248)


class _MarketState(NamedTuple):
    market: int
    base: int
    quote: int
    tick_decimals: int
    status: int
    self_trade_allowed: int
    indicated_side: int
    tick_size: int
    lot_size: int
    min_notional: int
    max_quantity: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    creator_account: int
    fee_account: int
    max_open_orders: int
    last_trade_id: int
    book_sequence: int
    last_price: int
    promotion_maker_fee_ppm: int
    promotion_taker_fee_ppm: int
    promotion_ends_at_us: int
    auction_ends_at_us: int
    uncross_price: int
    reference_price: int
    interruption_reference: int
    interruption_reference_at_us: int
    max_notional: int
    min_quantity: int
    price_band_ppm: int
    interruption_ppm: int
    interruption_window_s: int
    interruption_auction_s: int
    indicated_price: int
    indicated_volume: int
    indicated_surplus: int
    price_increment: int
    quantity_increment: int


class MarketState(_MarketState):
    """A market; its orders follow, best price first, oldest first, bids then asks."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0405
    WIDTH: ClassVar[int] = 248
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _MARKET_STATE.pack(0x0405, 0, 248, self.market, self.base, self.quote, self.tick_decimals, self.status, self.self_trade_allowed, self.indicated_side, self.tick_size, self.lot_size, self.min_notional & _LOW, self.min_notional >> 64, self.max_quantity, self.maker_fee_ppm, self.taker_fee_ppm, self.creator_share_ppm, self.creator_account, self.fee_account, self.max_open_orders, self.last_trade_id, self.book_sequence, self.last_price, self.promotion_maker_fee_ppm, self.promotion_taker_fee_ppm, self.promotion_ends_at_us, self.auction_ends_at_us, self.uncross_price, self.reference_price, self.interruption_reference, self.interruption_reference_at_us, self.max_notional & _LOW, self.max_notional >> 64, self.min_quantity, self.price_band_ppm, self.interruption_ppm, self.interruption_window_s, self.interruption_auction_s, self.indicated_price, self.indicated_volume, self.indicated_surplus, self.price_increment, self.quantity_increment)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> MarketState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _MARKET_STATE_HEADER or len(buffer) - offset < 248:
            check_header("MarketState", 0x0405, 248, False, buffer, offset)
        _, _, _, market, base, quote, tick_decimals, status, self_trade_allowed, indicated_side, tick_size, lot_size, min_notional_low, min_notional_high, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, fee_account, max_open_orders, last_trade_id, book_sequence, last_price, promotion_maker_fee_ppm, promotion_taker_fee_ppm, promotion_ends_at_us, auction_ends_at_us, uncross_price, reference_price, interruption_reference, interruption_reference_at_us, max_notional_low, max_notional_high, min_quantity, price_band_ppm, interruption_ppm, interruption_window_s, interruption_auction_s, indicated_price, indicated_volume, indicated_surplus, price_increment, quantity_increment = _MARKET_STATE.unpack_from(buffer, offset)
        return cls(market, base, quote, tick_decimals, status, self_trade_allowed, indicated_side, tick_size, lot_size, min_notional_low | min_notional_high << 64, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm, creator_account, fee_account, max_open_orders, last_trade_id, book_sequence, last_price, promotion_maker_fee_ppm, promotion_taker_fee_ppm, promotion_ends_at_us, auction_ends_at_us, uncross_price, reference_price, interruption_reference, interruption_reference_at_us, max_notional_low | max_notional_high << 64, min_quantity, price_band_ppm, interruption_ppm, interruption_window_s, interruption_auction_s, indicated_price, indicated_volume, indicated_surplus, price_increment, quantity_increment)


_ORDER_STATE: Final = Struct("<HHIQIIBBB1xIQQQQQQQQqQQiiQqqQQ40s")
_ORDER_STATE_HEADER: Final = HEADER.pack(0x0406, 0, 208)


class _OrderState(NamedTuple):
    order_id: int
    account: int
    market: int
    side: int
    time_in_force: int
    self_trade_prevention: int
    flags: int
    price: int
    quantity: int
    filled_quantity: int
    maker_notional: int
    taker_notional: int
    fee: int
    held: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    accepted_sequence: int
    accepted_at_us: int
    expires_at_us: int
    display_quantity: int
    displayed_quantity: int
    client_order_id: str


class OrderState(_OrderState):
    """An open order."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0406
    WIDTH: ClassVar[int] = 208
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_STATE.pack(0x0406, 0, 208, self.order_id, self.account, self.market, self.side, self.time_in_force, self.self_trade_prevention, self.flags, self.price, self.quantity, self.filled_quantity, self.maker_notional & _LOW, self.maker_notional >> 64, self.taker_notional & _LOW, self.taker_notional >> 64, self.fee & _LOW, self.fee >> 64, self.held & _LOW, self.held >> 64, self.maker_fee_ppm, self.taker_fee_ppm, self.accepted_sequence, self.accepted_at_us, self.expires_at_us, self.display_quantity, self.displayed_quantity, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_STATE_HEADER or len(buffer) - offset < 208:
            check_header("OrderState", 0x0406, 208, False, buffer, offset)
        _, _, _, order_id, account, market, side, time_in_force, self_trade_prevention, flags, price, quantity, filled_quantity, maker_notional_low, maker_notional_high, taker_notional_low, taker_notional_high, fee_low, fee_high, held_low, held_high, maker_fee_ppm, taker_fee_ppm, accepted_sequence, accepted_at_us, expires_at_us, display_quantity, displayed_quantity, client_order_id = _ORDER_STATE.unpack_from(buffer, offset)
        return cls(order_id, account, market, side, time_in_force, self_trade_prevention, flags, price, quantity, filled_quantity, maker_notional_low | maker_notional_high << 64, taker_notional_low | taker_notional_high << 64, fee_low | fee_high << 64, held_low | held_high << 64, maker_fee_ppm, taker_fee_ppm, accepted_sequence, accepted_at_us, expires_at_us, display_quantity, displayed_quantity, get_text(client_order_id))


_CLIENT_ORDER_STATE: Final = Struct("<HHII4xQQQqQ40s")
_CLIENT_ORDER_STATE_HEADER: Final = HEADER.pack(0x0407, 0, 96)


class _ClientOrderState(NamedTuple):
    account: int
    order_id: int
    original_sequence: int
    digest: int
    closed_at_us: int
    closed_number: int
    client_order_id: str


class ClientOrderState(_ClientOrderState):
    """A remembered client order id."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0407
    WIDTH: ClassVar[int] = 96
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CLIENT_ORDER_STATE.pack(0x0407, 0, 96, self.account, self.order_id, self.original_sequence, self.digest, self.closed_at_us, self.closed_number, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> ClientOrderState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CLIENT_ORDER_STATE_HEADER or len(buffer) - offset < 96:
            check_header("ClientOrderState", 0x0407, 96, False, buffer, offset)
        _, _, _, account, order_id, original_sequence, digest, closed_at_us, closed_number, client_order_id = _CLIENT_ORDER_STATE.unpack_from(buffer, offset)
        return cls(account, order_id, original_sequence, digest, closed_at_us, closed_number, get_text(client_order_id))


_OUTBOX_STATE: Final = Struct("<HHII4xQ")
_OUTBOX_STATE_HEADER: Final = HEADER.pack(0x0408, 0, 24)


class _OutboxState(NamedTuple):
    source: int
    number: int


class OutboxState(_OutboxState):
    """The last number taken of an outbox."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0408
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _OUTBOX_STATE.pack(0x0408, 0, 24, self.source, self.number)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OutboxState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _OUTBOX_STATE_HEADER or len(buffer) - offset < 24:
            check_header("OutboxState", 0x0408, 24, False, buffer, offset)
        _, _, _, source, number = _OUTBOX_STATE.unpack_from(buffer, offset)
        return cls(source, number)


_TRIGGER_STATE: Final = Struct("<HHIQIIBBBBIQQQQQQQQQiiQqqB7xQ40s")
_TRIGGER_STATE_HEADER: Final = HEADER.pack(0x0409, 0, 192)


class _TriggerState(NamedTuple):
    order_id: int
    account: int
    market: int
    side: int
    order_type: int
    time_in_force: int
    self_trade_prevention: int
    flags: int
    price: int
    quantity: int
    quote_amount: int
    stop_price: int
    trailing_delta: int
    display_quantity: int
    held: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    accepted_sequence: int
    accepted_at_us: int
    expires_at_us: int
    phase: int
    queue_number: int
    client_order_id: str


class TriggerState(_TriggerState):
    """A trigger order that has not matched yet; those of a market follow its other orders."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x0409
    WIDTH: ClassVar[int] = 192
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _TRIGGER_STATE.pack(0x0409, 0, 192, self.order_id, self.account, self.market, self.side, self.order_type, self.time_in_force, self.self_trade_prevention, self.flags, self.price, self.quantity, self.quote_amount & _LOW, self.quote_amount >> 64, self.stop_price, self.trailing_delta, self.display_quantity, self.held & _LOW, self.held >> 64, self.maker_fee_ppm, self.taker_fee_ppm, self.accepted_sequence, self.accepted_at_us, self.expires_at_us, self.phase, self.queue_number, put_text(self.client_order_id, 40))

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> TriggerState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _TRIGGER_STATE_HEADER or len(buffer) - offset < 192:
            check_header("TriggerState", 0x0409, 192, False, buffer, offset)
        _, _, _, order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, quote_amount_low, quote_amount_high, stop_price, trailing_delta, display_quantity, held_low, held_high, maker_fee_ppm, taker_fee_ppm, accepted_sequence, accepted_at_us, expires_at_us, phase, queue_number, client_order_id = _TRIGGER_STATE.unpack_from(buffer, offset)
        return cls(order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price, quantity, quote_amount_low | quote_amount_high << 64, stop_price, trailing_delta, display_quantity, held_low | held_high << 64, maker_fee_ppm, taker_fee_ppm, accepted_sequence, accepted_at_us, expires_at_us, phase, queue_number, get_text(client_order_id))


_ORDER_LINK_STATE: Final = Struct("<HHIB7xIIQQQ")
_ORDER_LINK_STATE_HEADER: Final = HEADER.pack(0x040a, 0, 48)


class _OrderLinkState(NamedTuple):
    kind: int
    account: int
    market: int
    first: int
    second: int
    third: int


class OrderLinkState(_OrderLinkState):
    """Orders that are linked; those of a market follow its trigger orders."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x040a
    WIDTH: ClassVar[int] = 48
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _ORDER_LINK_STATE.pack(0x040a, 0, 48, self.kind, self.account, self.market, self.first, self.second, self.third)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> OrderLinkState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _ORDER_LINK_STATE_HEADER or len(buffer) - offset < 48:
            check_header("OrderLinkState", 0x040a, 48, False, buffer, offset)
        _, _, _, kind, account, market, first, second, third = _ORDER_LINK_STATE.unpack_from(buffer, offset)
        return cls(kind, account, market, first, second, third)


_HELD_TRANSFER_STATE: Final = Struct("<HHIQ16sI4x")


class _HeldTransferState(NamedTuple):
    transfer: int
    reference: bytes
    leg_count: int


class HeldTransferState(_HeldTransferState):
    """A held transfer. The tail is `leg_count` times `TransferLeg`."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x040b
    WIDTH: ClassVar[int] = 40
    HAS_TAIL: ClassVar[bool] = True

    def encode(self, tail: Buffer = b"") -> bytes:
        """The message with `tail` as bytes."""
        if len(self.reference) != 16:
            raise Malformed("reference has 16 bytes")
        return _HELD_TRANSFER_STATE.pack(0x040b, 0, 40 + check_tail(tail), self.transfer, self.reference, self.leg_count) + tail

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> HeldTransferState:
        """Reads the message at `offset`, without its tail."""
        check_header("HeldTransferState", 0x040b, 40, True, buffer, offset)
        _, _, _, transfer, reference, leg_count = _HELD_TRANSFER_STATE.unpack_from(buffer, offset)
        return cls(transfer, reference, leg_count)

    @classmethod
    def tail(cls, buffer: Buffer, offset: int = 0) -> Buffer:
        """The bytes behind the fields of the message at `offset`."""
        length = check_header("HeldTransferState", 0x040b, 40, True, buffer, offset)
        return buffer[offset + 40 : offset + length]


_FEE_TIER_STATE: Final = Struct("<HHIIB3xii")
_FEE_TIER_STATE_HEADER: Final = HEADER.pack(0x040c, 0, 24)


class _FeeTierState(NamedTuple):
    market: int
    tier: int
    maker_fee_ppm: int
    taker_fee_ppm: int


class FeeTierState(_FeeTierState):
    """A market's rates for a fee tier other than 0; stands behind the market."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x040c
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _FEE_TIER_STATE.pack(0x040c, 0, 24, self.market, self.tier, self.maker_fee_ppm, self.taker_fee_ppm)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> FeeTierState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _FEE_TIER_STATE_HEADER or len(buffer) - offset < 24:
            check_header("FeeTierState", 0x040c, 24, False, buffer, offset)
        _, _, _, market, tier, maker_fee_ppm, taker_fee_ppm = _FEE_TIER_STATE.unpack_from(buffer, offset)
        return cls(market, tier, maker_fee_ppm, taker_fee_ppm)


_CANCEL_TIMER_STATE: Final = Struct("<HHII4xq")
_CANCEL_TIMER_STATE_HEADER: Final = HEADER.pack(0x040d, 0, 24)


class _CancelTimerState(NamedTuple):
    account: int
    fires_at_us: int


class CancelTimerState(_CancelTimerState):
    """An account's cancel timer."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x040d
    WIDTH: ClassVar[int] = 24
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _CANCEL_TIMER_STATE.pack(0x040d, 0, 24, self.account, self.fires_at_us)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> CancelTimerState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _CANCEL_TIMER_STATE_HEADER or len(buffer) - offset < 24:
            check_header("CancelTimerState", 0x040d, 24, False, buffer, offset)
        _, _, _, account, fires_at_us = _CANCEL_TIMER_STATE.unpack_from(buffer, offset)
        return cls(account, fires_at_us)


_RISK_LIMITS_STATE: Final = Struct("<HHIIB3xQQQQQQQIIIIII")
_RISK_LIMITS_STATE_HEADER: Final = HEADER.pack(0x040e, 0, 96)


class _RiskLimitsState(NamedTuple):
    market: int
    tier: int
    max_quantity: int
    max_notional: int
    max_notional_per_minute: int
    flag_notional_per_minute: int
    max_open_orders: int
    flag_cancels: int
    flag_cancels_per_fill: int
    flag_far_orders: int
    flag_far_ppm: int
    flag_self_trades: int


class RiskLimitsState(_RiskLimitsState):
    """A market's risk limits for a tier; stands behind the market and its fee tiers."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x040e
    WIDTH: ClassVar[int] = 96
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _RISK_LIMITS_STATE.pack(0x040e, 0, 96, self.market, self.tier, self.max_quantity, self.max_notional & _LOW, self.max_notional >> 64, self.max_notional_per_minute & _LOW, self.max_notional_per_minute >> 64, self.flag_notional_per_minute & _LOW, self.flag_notional_per_minute >> 64, self.max_open_orders, self.flag_cancels, self.flag_cancels_per_fill, self.flag_far_orders, self.flag_far_ppm, self.flag_self_trades)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> RiskLimitsState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _RISK_LIMITS_STATE_HEADER or len(buffer) - offset < 96:
            check_header("RiskLimitsState", 0x040e, 96, False, buffer, offset)
        _, _, _, market, tier, max_quantity, max_notional_low, max_notional_high, max_notional_per_minute_low, max_notional_per_minute_high, flag_notional_per_minute_low, flag_notional_per_minute_high, max_open_orders, flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades = _RISK_LIMITS_STATE.unpack_from(buffer, offset)
        return cls(market, tier, max_quantity, max_notional_low | max_notional_high << 64, max_notional_per_minute_low | max_notional_per_minute_high << 64, flag_notional_per_minute_low | flag_notional_per_minute_high << 64, max_open_orders, flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades)


_RISK_COUNTS_STATE: Final = Struct("<HHIIIqQQIIIIB7x")
_RISK_COUNTS_STATE_HEADER: Final = HEADER.pack(0x040f, 0, 64)


class _RiskCountsState(NamedTuple):
    market: int
    account: int
    stretch: int
    notional: int
    cancels: int
    fills: int
    far_orders: int
    prevented: int
    told: int


class RiskCountsState(_RiskCountsState):
    """What an account has done in a market within ten seconds."""

    __slots__ = ()
    KIND: ClassVar[int] = 0x040f
    WIDTH: ClassVar[int] = 64
    HAS_TAIL: ClassVar[bool] = False

    def encode(self) -> bytes:
        """The message as bytes."""
        return _RISK_COUNTS_STATE.pack(0x040f, 0, 64, self.market, self.account, self.stretch, self.notional & _LOW, self.notional >> 64, self.cancels, self.fills, self.far_orders, self.prevented, self.told)

    @classmethod
    def decode(cls, buffer: Buffer, offset: int = 0) -> RiskCountsState:
        """Reads the message at `offset`."""
        if buffer[offset : offset + HEADER_WIDTH] != _RISK_COUNTS_STATE_HEADER or len(buffer) - offset < 64:
            check_header("RiskCountsState", 0x040f, 64, False, buffer, offset)
        _, _, _, market, account, stretch, notional_low, notional_high, cancels, fills, far_orders, prevented, told = _RISK_COUNTS_STATE.unpack_from(buffer, offset)
        return cls(market, account, stretch, notional_low | notional_high << 64, cancels, fills, far_orders, prevented, told)


AnyMessage: TypeAlias = Request | Answer | Refusal | Query | Reading | StartEpoch | Tick | Upgrade | FromOutbox | CreateAsset | OpenAccount | FreezeAccount | UnfreezeAccount | CreateMarket | SetMarketStatus | SetMarketFees | SetMarketSelfTrade | SetMarketLimits | SetMarketBand | CancelMarketOrders | SetAccountTier | SetMarketPromotion | SetRiskLimits | PlaceOrder | CancelOrder | CancelAllOrders | AmendOrder | ReplaceOrder | PlaceOrderList | SetCancelTimer | Transfer | HoldTransfer | SettleTransfer | VoidTransfer | TransferLeg | EpochStarted | Upgraded | OutboxTaken | OutboxRepeated | CommandRejected | BeforeCommand | AssetCreated | AccountOpened | AccountFrozen | AccountUnfrozen | MarketCreated | MarketStatusChanged | MarketFeesChanged | MarketSelfTradeChanged | MarketLimitsChanged | MarketBandChanged | MarketOrdersCancelled | AccountTierChanged | MarketPromotionChanged | RiskLimitsChanged | AccountFlagged | OrderAccepted | OrderRejected | OrderRepeated | OrderClosed | OrdersCancelled | OrdersExpired | OrderAmended | OrderTriggered | OrdersLinked | OrderActivated | CancelTimerSet | CancelTimerFired | Traded | SelfTradePrevented | AuctionIndicated | AuctionUncrossed | DepthChanged | BalanceChanged | TransferMade | TransferHeld | TransferSettled | TransferVoided | Record | Group | JournalSegment | EventSegment | Watermark | Snapshot | CoreState | AssetState | AccountState | BalanceState | MarketState | OrderState | ClientOrderState | OutboxState | TriggerState | OrderLinkState | HeldTransferState | FeeTierState | CancelTimerState | RiskLimitsState | RiskCountsState


BY_KIND: Final[dict[int, type[AnyMessage]]] = {
    0x0001: Request,
    0x0002: Answer,
    0x0003: Refusal,
    0x0004: Query,
    0x0005: Reading,
    0x0101: StartEpoch,
    0x0102: Tick,
    0x0103: Upgrade,
    0x0104: FromOutbox,
    0x0110: CreateAsset,
    0x0111: OpenAccount,
    0x0112: FreezeAccount,
    0x0113: UnfreezeAccount,
    0x0114: CreateMarket,
    0x0115: SetMarketStatus,
    0x0116: SetMarketFees,
    0x0117: SetMarketSelfTrade,
    0x0118: SetMarketLimits,
    0x0119: SetMarketBand,
    0x011a: CancelMarketOrders,
    0x011b: SetAccountTier,
    0x011c: SetMarketPromotion,
    0x011d: SetRiskLimits,
    0x0120: PlaceOrder,
    0x0121: CancelOrder,
    0x0122: CancelAllOrders,
    0x0123: AmendOrder,
    0x0124: ReplaceOrder,
    0x0125: PlaceOrderList,
    0x0126: SetCancelTimer,
    0x0130: Transfer,
    0x0131: HoldTransfer,
    0x0132: SettleTransfer,
    0x0133: VoidTransfer,
    0x013f: TransferLeg,
    0x0201: EpochStarted,
    0x0202: Upgraded,
    0x0203: OutboxTaken,
    0x0204: OutboxRepeated,
    0x0205: CommandRejected,
    0x0206: BeforeCommand,
    0x0210: AssetCreated,
    0x0211: AccountOpened,
    0x0212: AccountFrozen,
    0x0213: AccountUnfrozen,
    0x0214: MarketCreated,
    0x0215: MarketStatusChanged,
    0x0216: MarketFeesChanged,
    0x0217: MarketSelfTradeChanged,
    0x0218: MarketLimitsChanged,
    0x0219: MarketBandChanged,
    0x021a: MarketOrdersCancelled,
    0x021b: AccountTierChanged,
    0x021c: MarketPromotionChanged,
    0x021d: RiskLimitsChanged,
    0x021e: AccountFlagged,
    0x0220: OrderAccepted,
    0x0221: OrderRejected,
    0x0222: OrderRepeated,
    0x0223: OrderClosed,
    0x0224: OrdersCancelled,
    0x0225: OrdersExpired,
    0x0226: OrderAmended,
    0x0227: OrderTriggered,
    0x0228: OrdersLinked,
    0x0229: OrderActivated,
    0x022a: CancelTimerSet,
    0x022b: CancelTimerFired,
    0x0230: Traded,
    0x0231: SelfTradePrevented,
    0x0232: AuctionIndicated,
    0x0233: AuctionUncrossed,
    0x0240: DepthChanged,
    0x0250: BalanceChanged,
    0x0260: TransferMade,
    0x0261: TransferHeld,
    0x0262: TransferSettled,
    0x0263: TransferVoided,
    0x0301: Record,
    0x0302: Group,
    0x0303: JournalSegment,
    0x0304: EventSegment,
    0x0305: Watermark,
    0x0306: Snapshot,
    0x0401: CoreState,
    0x0402: AssetState,
    0x0403: AccountState,
    0x0404: BalanceState,
    0x0405: MarketState,
    0x0406: OrderState,
    0x0407: ClientOrderState,
    0x0408: OutboxState,
    0x0409: TriggerState,
    0x040a: OrderLinkState,
    0x040b: HeldTransferState,
    0x040c: FeeTierState,
    0x040d: CancelTimerState,
    0x040e: RiskLimitsState,
    0x040f: RiskCountsState,
}


def decode_any(buffer: Buffer, offset: int = 0) -> AnyMessage:
    """Reads the message at `offset`, whatever its kind.

    Raises:
        Malformed: the kind is unknown, or the bytes are not a whole message of it.
    """
    kind, _, _ = header_of(buffer, offset)
    layout = BY_KIND.get(kind)
    if layout is None:
        raise Malformed(f"kind {kind:#06x} is unknown")
    return layout.decode(buffer, offset)


__all__ = [
    "HEADER_WIDTH",
    "Buffer",
    "Malformed",
    "header_of",
    "messages",
    "decode_any",
    "BY_KIND",
    "AnyMessage",
    "Side",
    "OrderType",
    "TimeInForce",
    "SelfTradePrevention",
    "OrderListKind",
    "RiskPattern",
    "TriggerPhase",
    "ReplaceMode",
    "TransferCondition",
    "AccountKind",
    "MarketStatus",
    "CloseReason",
    "Request",
    "Answer",
    "Refusal",
    "Query",
    "Reading",
    "StartEpoch",
    "Tick",
    "Upgrade",
    "FromOutbox",
    "CreateAsset",
    "OpenAccount",
    "FreezeAccount",
    "UnfreezeAccount",
    "CreateMarket",
    "SetMarketStatus",
    "SetMarketFees",
    "SetMarketSelfTrade",
    "SetMarketLimits",
    "SetMarketBand",
    "CancelMarketOrders",
    "SetAccountTier",
    "SetMarketPromotion",
    "SetRiskLimits",
    "PlaceOrder",
    "CancelOrder",
    "CancelAllOrders",
    "AmendOrder",
    "ReplaceOrder",
    "PlaceOrderList",
    "SetCancelTimer",
    "Transfer",
    "HoldTransfer",
    "SettleTransfer",
    "VoidTransfer",
    "TransferLeg",
    "EpochStarted",
    "Upgraded",
    "OutboxTaken",
    "OutboxRepeated",
    "CommandRejected",
    "BeforeCommand",
    "AssetCreated",
    "AccountOpened",
    "AccountFrozen",
    "AccountUnfrozen",
    "MarketCreated",
    "MarketStatusChanged",
    "MarketFeesChanged",
    "MarketSelfTradeChanged",
    "MarketLimitsChanged",
    "MarketBandChanged",
    "MarketOrdersCancelled",
    "AccountTierChanged",
    "MarketPromotionChanged",
    "RiskLimitsChanged",
    "AccountFlagged",
    "OrderAccepted",
    "OrderRejected",
    "OrderRepeated",
    "OrderClosed",
    "OrdersCancelled",
    "OrdersExpired",
    "OrderAmended",
    "OrderTriggered",
    "OrdersLinked",
    "OrderActivated",
    "CancelTimerSet",
    "CancelTimerFired",
    "Traded",
    "SelfTradePrevented",
    "AuctionIndicated",
    "AuctionUncrossed",
    "DepthChanged",
    "BalanceChanged",
    "TransferMade",
    "TransferHeld",
    "TransferSettled",
    "TransferVoided",
    "Record",
    "Group",
    "JournalSegment",
    "EventSegment",
    "Watermark",
    "Snapshot",
    "CoreState",
    "AssetState",
    "AccountState",
    "BalanceState",
    "MarketState",
    "OrderState",
    "ClientOrderState",
    "OutboxState",
    "TriggerState",
    "OrderLinkState",
    "HeldTransferState",
    "FeeTierState",
    "CancelTimerState",
    "RiskLimitsState",
    "RiskCountsState",
]
