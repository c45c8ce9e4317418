"""The reference core: the trading rules in plain Python, one command after another.

It is written from `docs/trading-rules.md` alone, and is there to be held against the native core.
"""

import struct
from collections.abc import Callable

from cse.domain import codes
from cse.engine.wire import (
    BY_KIND,
    HEADER_WIDTH,
    AmendOrder,
    CancelAllOrders,
    CancelMarketOrders,
    CancelOrder,
    CommandRejected,
    CreateAsset,
    CreateMarket,
    EpochStarted,
    FreezeAccount,
    FromOutbox,
    Group,
    HoldTransfer,
    Malformed,
    OpenAccount,
    OutboxRepeated,
    OutboxTaken,
    PlaceOrder,
    PlaceOrderList,
    ReplaceOrder,
    SetAccountTier,
    SetCancelTimer,
    SetMarketBand,
    SetMarketFees,
    SetMarketLimits,
    SetMarketPromotion,
    SetMarketSelfTrade,
    SetMarketStatus,
    SetRiskLimits,
    SettleTransfer,
    StartEpoch,
    Tick,
    Transfer,
    UnfreezeAccount,
    Upgrade,
    Upgraded,
    VoidTransfer,
    header_of,
)
from tests.reference import (
    amending,
    auctions,
    bands,
    cancelling,
    dump,
    limits,
    list_placing,
    listing,
    market_commands,
    placing,
    rates,
    replacing,
    risk,
    short_messages,
    timers,
    transfers,
)
from tests.reference.cascade import carry_out_fired
from tests.reference.chain import chain_after
from tests.reference.client_ids import fnv_1a_64
from tests.reference.expiring import expire
from tests.reference.flags import flag
from tests.reference.state import State
from tests.reference.turn import Refused, Turn

RULES_VERSION = 0


class ReferenceExchange:
    """The whole exchange: `apply` commands, and look at what has come of them."""

    def __init__(self) -> None:
        self.state = State()

    def apply(self, sequence: int, time_us: int, command: bytes) -> bytes:
        """Carries out one command and returns its Group message."""
        state = self.state
        assert sequence == state.sequence + 1
        assert time_us >= state.time_us
        turn = Turn(state, sequence, time_us)
        let_time_pass(turn)
        turn.tell_before_command()
        carry_out(turn, command)
        carry_out_fired(turn)
        turn.tell_depth()
        auctions.tell_indications(turn)
        turn.tell_balances()
        flag(turn)
        events = b"".join(turn.events)
        state.chain = chain_after(state.chain, sequence, time_us, events)
        state.sequence, state.time_us = sequence, time_us
        return Group(sequence, time_us, state.chain).encode(events)

    def dump(self) -> str:
        return dump.dump(self.state)

    def state_hash(self) -> bytes:
        return dump.state_hash(self.state)


def let_time_pass(turn: Turn) -> None:
    """What the time of a command brings about, before anything of the command is looked at."""
    expire(turn)
    timers.fire_timers(turn)
    auctions.end_auctions(turn)
    carry_out_fired(turn)


def carry_out(turn: Turn, command: bytes) -> None:
    """One command, by itself or out of an outbox."""
    kind = kind_of(command)
    try:
        if not has_layout(kind, command):
            raise Refused(codes.MALFORMED_COMMAND)
        RULES[kind](turn, command)
    except Refused as refused:
        event = CommandRejected(kind, refused.code.number, refused.account, refused.reference)
        turn.events.append(event.encode())


def kind_of(command: bytes) -> int:
    return int.from_bytes(command[:2], "little") if len(command) >= HEADER_WIDTH else 0


def has_layout(kind: int, command: bytes) -> bool:
    """Whether the bytes are one command of a known layout (2.1)."""
    if kind not in RULES:
        return False
    layout = BY_KIND[kind]
    _, version, length = struct.unpack_from("<HHI", command)
    if version != 0 or length != len(command) or length % 8 != 0:
        return False
    if kind in short_messages.WIDTHS:
        return short_messages.leaves_out_zeros(kind, command)
    return bool(length >= layout.WIDTH if layout.HAS_TAIL else length == layout.WIDTH)


def start_epoch(turn: Turn, command: bytes) -> None:
    state, asked = turn.state, StartEpoch.decode(command)
    expected = StartEpoch(state.epoch + 1, state.epoch, turn.sequence - 1)
    if asked != expected:
        raise Refused(codes.INVALID_EPOCH, reference=asked.epoch)
    state.epoch = asked.epoch
    turn.events.append(EpochStarted(*asked).encode())


def tick(turn: Turn, command: bytes) -> None:
    """Lets time pass; what was due has happened already."""


def upgrade(turn: Turn, command: bytes) -> None:
    asked = Upgrade.decode(command)
    if asked.rules_version != RULES_VERSION or asked.state_hash != dump.state_hash(turn.state):
        raise Refused(codes.UPGRADE_MISMATCH, reference=asked.rules_version)
    turn.state.rules_version = asked.rules_version
    turn.events.append(Upgraded(asked.rules_version).encode())


def from_outbox(turn: Turn, command: bytes) -> None:
    asked = FromOutbox.decode(command)
    inner = command[FromOutbox.WIDTH :]
    if asked.source == 0 or not is_one_message(inner) or kind_of(inner) in NOT_IN_OUTBOX:
        raise Refused(codes.MALFORMED_COMMAND, reference=asked.number)
    last = turn.state.outboxes.get(asked.source, 0)
    if asked.number <= last:
        turn.events.append(OutboxRepeated(asked.source, asked.number, last).encode())
        return
    if asked.number > last + 1:
        raise Refused(codes.OUTBOX_GAP, reference=asked.number)
    turn.state.outboxes[asked.source] = asked.number
    turn.events.append(OutboxTaken(asked.source, asked.number, fnv_1a_64(inner)).encode())
    carry_out(turn, inner)


def is_one_message(tail: bytes) -> bool:
    try:
        _, _, length = header_of(tail)
    except Malformed:
        return False
    return length == len(tail)


NOT_IN_OUTBOX = (StartEpoch.KIND, Upgrade.KIND, FromOutbox.KIND)

RULES: dict[int, Callable[[Turn, bytes], None]] = {
    StartEpoch.KIND: start_epoch,
    Tick.KIND: tick,
    Upgrade.KIND: upgrade,
    FromOutbox.KIND: from_outbox,
    CreateAsset.KIND: listing.create_asset,
    OpenAccount.KIND: listing.open_account,
    FreezeAccount.KIND: listing.freeze_account,
    UnfreezeAccount.KIND: listing.unfreeze_account,
    CreateMarket.KIND: listing.create_market,
    SetMarketStatus.KIND: market_commands.set_market_status,
    SetMarketLimits.KIND: limits.set_market_limits,
    SetMarketBand.KIND: bands.set_market_band,
    CancelMarketOrders.KIND: market_commands.cancel_market_orders,
    SetMarketFees.KIND: rates.set_market_fees,
    SetMarketPromotion.KIND: rates.set_market_promotion,
    SetAccountTier.KIND: rates.set_account_tier,
    SetRiskLimits.KIND: risk.set_risk_limits,
    SetMarketSelfTrade.KIND: listing.set_market_self_trade,
    PlaceOrder.KIND: placing.place_order,
    PlaceOrderList.KIND: list_placing.place_order_list,
    CancelOrder.KIND: cancelling.cancel_order,
    CancelAllOrders.KIND: cancelling.cancel_all_orders,
    AmendOrder.KIND: amending.amend_order,
    ReplaceOrder.KIND: replacing.replace_order,
    SetCancelTimer.KIND: timers.set_cancel_timer,
    Transfer.KIND: transfers.transfer,
    HoldTransfer.KIND: transfers.hold_transfer,
    SettleTransfer.KIND: transfers.settle_transfer,
    VoidTransfer.KIND: transfers.void_transfer,
}
