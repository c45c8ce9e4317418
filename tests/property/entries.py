"""Reads the state entries that the native core writes, and renders the dump from them alone."""

from cse.engine import wire
from cse.engine.wire import TriggerPhase, decode_any, messages


def dump_of(entries: bytes) -> str:
    """The dump (section 6 of the trading rules) of state entries, which stand in its order."""
    found = [decode_any(entries, offset) for _, offset, _ in messages(entries)]
    quotients = {
        entry.market: tick_lot_units(entry, found) for entry in found if isinstance(entry, wire.MarketState)
    }
    lines = [line(entry, quotients) for entry in found]
    tails = [legs_of(entries, offset) for _, offset, _ in messages(entries)]
    return "".join(f"{text}\n{legs}" for text, legs in zip(lines, tails, strict=True))


def legs_of(entries: bytes, at: int) -> str:
    """The lines of the legs of a held transfer; none of any other entry."""
    if entries[at : at + 2] != wire.HeldTransferState.KIND.to_bytes(2, "little"):
        return ""
    tail = wire.HeldTransferState.tail(entries, at)
    legs = [wire.TransferLeg.decode(tail, offset) for _, offset, _ in messages(tail)]
    return "".join("leg " + " ".join(map(str, leg)) + "\n" for leg in legs)


def tick_lot_units(market: wire.MarketState, found: list[wire.AnyMessage]) -> int:
    decimals = {entry.asset: entry.decimals for entry in found if isinstance(entry, wire.AssetState)}
    numerator: int = market.tick_size * market.lot_size * 10 ** decimals[market.quote]
    denominator: int = 10 ** (market.tick_decimals + decimals[market.base])
    return numerator // denominator


NAMES: dict[type, str] = {
    wire.BalanceState: "balance",
    wire.FeeTierState: "tier",
    wire.RiskLimitsState: "risk",
    wire.RiskCountsState: "counts",
    wire.CancelTimerState: "timer",
    wire.OutboxState: "outbox",
}
"""Entries whose fields are those of their line."""


def line(entry: wire.AnyMessage, quotients: dict[int, int]) -> str:
    match entry:
        case wire.CoreState():
            head = f"state {entry.sequence} {entry.time_us} {entry.chain:016x} {entry.epoch}"
            return f"{head} {entry.rules_version} {entry.last_order_id} {entry.last_transfer_id}"
        case wire.AssetState():
            return f"asset {entry.asset} {entry.symbol} {entry.decimals}"
        case wire.AccountState():
            head = f"account {entry.account} {entry.kind} {entry.owner.hex()} {entry.frozen}"
            return f"{head} {entry.closed_client_orders} {entry.tier}"
        case wire.MarketState():
            return market_line(entry, quotients[entry.market])
        case wire.OrderState() | wire.TriggerState() | wire.OrderLinkState():
            return line_about_orders(entry)
        case wire.ClientOrderState():
            head = (
                f"client {entry.account} {entry.client_order_id} {entry.order_id} {entry.original_sequence}"
            )
            return f"{head} {entry.digest:016x} {entry.closed_at_us} {entry.closed_number}"
        case wire.HeldTransferState():
            return f"held {entry.transfer} {entry.reference.hex()} {entry.leg_count}"
    return " ".join([NAMES[type(entry)], *map(str, entry)])


def line_about_orders(entry: wire.OrderState | wire.TriggerState | wire.OrderLinkState) -> str:
    match entry:
        case wire.OrderState():
            name, fields = "order", [*entry[:-1], entry.client_order_id or "-"]
        case wire.TriggerState():
            phase = TriggerPhase(entry.phase).name.lower()
            name = "trigger"
            fields = [*entry[:-3], phase, entry.queue_number, entry.client_order_id or "-"]
        case wire.OrderLinkState():
            name, fields = "link", [*entry]
    return " ".join(map(str, [name, *fields]))


def market_line(market: wire.MarketState, units: int) -> str:
    return (
        f"market {market.market} {market.base} {market.quote} {market.tick_size} {market.tick_decimals}"
        f" {market.lot_size} {units} {market.min_notional} {market.max_quantity} {market.maker_fee_ppm}"
        f" {market.taker_fee_ppm} {market.creator_share_ppm} {market.creator_account} {market.fee_account}"
        f" {market.max_open_orders} {market.status} {market.last_trade_id} {market.book_sequence}"
        f" {market.last_price} {market.self_trade_allowed} {market.promotion_maker_fee_ppm}"
        f" {market.promotion_taker_fee_ppm} {market.promotion_ends_at_us} {market.auction_ends_at_us}"
        f" {market.uncross_price} {market.price_band_ppm} {market.interruption_ppm} {market.interruption_window_s}"
        f" {market.interruption_auction_s} {market.reference_price} {market.interruption_reference}"
        f" {market.interruption_reference_at_us} {market.max_notional} {market.min_quantity}"
        f" {market.indicated_price} {market.indicated_volume} {market.indicated_surplus}"
        f" {market.indicated_side} {market.price_increment} {market.quantity_increment}"
    )
