"""From groups of events to rows. A pure function of the events and of the markets seen so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final
from uuid import UUID

from cse.engine import wire
from cse.ledger import events, registry, statements
from cse.ledger.batch import Batch, Filled, Resting
from cse.ledger.models import EntryReason, LedgerFailed, MarketTerms, Outcome, Position
from cse.ledger.tables import time_text

_BALANCE_CHANGED: Final = wire.BalanceChanged.KIND
_DECREMENT: Final = int(wire.SelfTradePrevention.DECREMENT)
_TRADE: Final = int(EntryReason.TRADE)
_TRADE_FEE: Final = int(EntryReason.TRADE_FEE)
_CREATOR_SHARE: Final = int(EntryReason.CREATOR_SHARE)

# Of a list, and of what fires it, an order's acceptance says nothing.
_HEAD_LINE: Final = "%d\t" * 17 + "0\t0\t" + "%s\t%d\t%s\t"
_CLOSED_LINE: Final = "%s%d\t%d\t%d\t%d\t%d\t%d\t%s\n"
_TRADE_LINE: Final = "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n"
_TRANSFER_LINE: Final = "%d\t%s\t%d\t%d\t%s\n"
_ENTRY_LINE: Final = "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n"
# Base to the buyer and quote to the seller: what every trade has, in one go.
_FOUR_ENTRIES: Final = _ENTRY_LINE * 4


class Projection:
    """Turns groups into rows, one batch after another."""

    def __init__(self, position: Position, markets: dict[int, MarketTerms]) -> None:
        self._position = position
        self._markets = markets
        self._time_us = -1
        self._time = ""
        self._sequence = 0
        self._entry = 0
        self._handlers: Final[dict[int, Callable[[Batch, bytes, int], None]]] = {
            wire.OrderAccepted.KIND: self._order_accepted,
            wire.OrderClosed.KIND: self._order_closed,
            wire.Traded.KIND: self._traded,
            wire.SelfTradePrevented.KIND: self._self_trade_prevented,
            wire.OrderAmended.KIND: self._order_amended,
            wire.OrderActivated.KIND: self._order_activated,
            wire.OrdersLinked.KIND: self._orders_linked,
            wire.OrderTriggered.KIND: self._order_triggered,
            wire.TransferMade.KIND: self._transfer_made,
            wire.TransferHeld.KIND: self._transfer_held,
            wire.TransferSettled.KIND: self._transfer_settled,
            wire.TransferVoided.KIND: self._transfer_voided,
            wire.EpochStarted.KIND: self._epoch_started,
            wire.OutboxTaken.KIND: self._outbox_taken,
            wire.CommandRejected.KIND: self._command_rejected,
            wire.OrderRejected.KIND: self._order_rejected,
            wire.MarketCreated.KIND: self._market_created,
            **{kind: partial(self._register, row_of) for kind, row_of in registry.ROWS.items()},
        }

    @property
    def position(self) -> Position:
        """The last group that was turned into rows."""
        return self._position

    def begin(self) -> Batch:
        """An empty batch that goes on from here."""
        return Batch(self._position, self._position)

    def add(self, batch: Batch, groups: bytes) -> None:
        """Adds the rows of Group messages, which go on where the batch ends.

        Raises:
            LedgerFailed: they do not, or they contradict what was there before.
        """
        if not groups:
            return
        handlers = self._handlers
        read_head, read_group = events.HEAD.unpack_from, events.GROUP.unpack_from
        # Of a balance only the last word counts, so it is read at the end: by its account and asset,
        # as they stand in the message, where that message is and what its sequence was.
        balances: dict[bytes, tuple[int, int]] = {}
        offset, end = 0, len(groups)
        _, sequence, chain = self._position
        while offset < end:
            length, found, time_us, chain = read_group(groups, offset)
            if found != sequence + 1:
                raise LedgerFailed(f"group {found} follows group {sequence}")
            sequence = found
            if time_us != self._time_us:
                self._begin_time(batch, time_us)
            self._sequence, self._entry = sequence, 0
            stop = offset + length
            offset += events.GROUP_WIDTH
            while offset < stop:
                kind, length = read_head(groups, offset)
                if kind == _BALANCE_CHANGED:
                    balances[groups[offset + 8 : offset + 16]] = (offset, sequence)
                else:
                    handler = handlers.get(kind)
                    if handler is not None:
                        handler(batch, groups, offset)
                offset += length
        for offset, changed in balances.values():
            self._balance_changed(batch, groups, offset, changed)
        self._position = batch.after = Position(self._position.epoch, sequence, chain)
        batch.time = self._time
        batch.months.add(self._time[:7])

    def _begin_time(self, batch: Batch, time_us: int) -> None:
        self._time_us = time_us
        self._time = time_text(time_us)
        batch.months.add(self._time[:7])

    # Orders and trades. An order's quantity is what it has filled and what remains.

    def _order_accepted(self, batch: Batch, buffer: bytes, offset: int) -> None:
        (
            order_id,
            account,
            market,
            side,
            order_type,
            time_in_force,
            self_trade_prevention,
            flags,
            price,
            quantity,
            amount_low,
            amount_high,
            maker_fee_ppm,
            taker_fee_ppm,
            stop_price,
            trailing_delta,
            display_quantity,
            expires_at_us,
            client_order_id,
        ) = events.ORDER_ACCEPTED.unpack_from(buffer, offset)
        head = _HEAD_LINE % (
            order_id,
            account,
            market,
            side,
            order_type,
            time_in_force,
            self_trade_prevention,
            flags,
            price,
            quantity,
            amount_high << 64 | amount_low,
            maker_fee_ppm,
            taker_fee_ppm,
            stop_price,
            trailing_delta,
            display_quantity,
            expires_at_us,
            client_order_id.rstrip(b"\0").decode("ascii"),
            self._sequence,
            self._time,
        )
        batch.opened[order_id] = Resting(head, 0, 0, 0, self._sequence, self._time)
        batch.rows += 1

    def _order_closed(self, batch: Batch, buffer: bytes, offset: int) -> None:
        (
            order_id,
            reason,
            quantity,
            remaining,
            notional_low,
            notional_high,
            fee_low,
            fee_high,
        ) = events.ORDER_CLOSED.unpack_from(buffer, offset)
        notional = notional_high << 64 | notional_low
        fee = fee_high << 64 | fee_low
        end = (quantity, notional, fee, remaining, reason, self._sequence, self._time)
        order = batch.opened.pop(order_id, None)
        if order is not None:
            batch.closed.append(_CLOSED_LINE % (order.head, *end))
        else:
            batch.filled.pop(order_id, None)
            batch.closings.append((order_id, *end))
            batch.rows += 1

    def _traded(self, batch: Batch, buffer: bytes, offset: int) -> None:
        (
            trade_id,
            market,
            taker_side,
            auction,
            price,
            quantity,
            notional_low,
            notional_high,
            maker_order_id,
            taker_order_id,
            maker,
            taker,
            maker_fee_low,
            maker_fee_high,
            taker_fee_low,
            taker_fee_high,
            creator_fee_low,
            creator_fee_high,
            fee_account,
            creator_account,
            maker_remaining,
            taker_remaining,
        ) = events.TRADED.unpack_from(buffer, offset)
        notional = notional_high << 64 | notional_low
        maker_fee = maker_fee_high << 64 | maker_fee_low
        taker_fee = taker_fee_high << 64 | taker_fee_low
        creator_fee = creator_fee_high << 64 | creator_fee_low
        batch.trades.append(
            _TRADE_LINE
            % (
                market,
                trade_id,
                taker_side,
                auction,
                price,
                quantity,
                notional,
                maker_order_id,
                taker_order_id,
                maker,
                taker,
                maker_fee,
                taker_fee,
                creator_fee,
                fee_account,
                creator_account,
                maker_remaining,
                taker_remaining,
                self._sequence,
                self._time,
            )
        )
        batch.rows += 1
        self._fill(batch, maker_order_id, quantity, notional, maker_fee)
        self._fill(batch, taker_order_id, quantity, notional, taker_fee)
        buyer, seller = (taker, maker) if taker_side == wire.Side.BUY else (maker, taker)
        quote = self._enter_exchanged(batch, market, trade_id, buyer, seller, quantity, notional)
        for account, amount, reason in (
            (maker, -maker_fee, _TRADE_FEE),
            (taker, -taker_fee, _TRADE_FEE),
            (fee_account, maker_fee + taker_fee - creator_fee, _TRADE_FEE),
            (creator_account, creator_fee, _CREATOR_SHARE),
        ):
            if amount:
                self._enter(batch, account, quote, amount, reason, market, trade_id)

    def _enter_exchanged(
        self,
        batch: Batch,
        market: int,
        trade_id: int,
        buyer: int,
        seller: int,
        quantity: int,
        notional: int,
    ) -> int:
        """Enters what changes hands in a trade; says the asset it is paid in."""
        terms = self._markets[market]
        base, quote, units = terms.base, terms.quote, quantity * terms.lot_size
        sequence, time, first = self._sequence, self._time, self._entry + 1
        # fmt: off
        batch.entries.append(_FOUR_ENTRIES % (
            sequence, first, buyer, base, units, _TRADE, market, trade_id, time,
            sequence, first + 1, seller, base, -units, _TRADE, market, trade_id, time,
            sequence, first + 2, buyer, quote, -notional, _TRADE, market, trade_id, time,
            sequence, first + 3, seller, quote, notional, _TRADE, market, trade_id, time,
        ))
        # fmt: on
        self._entry = first + 3
        batch.rows += 4
        return quote

    def _self_trade_prevented(self, batch: Batch, buffer: bytes, offset: int) -> None:
        prevented = wire.SelfTradePrevented.decode(buffer, offset)
        if prevented.self_trade_prevention == _DECREMENT:
            self._amend(batch, prevented.maker_order_id, prevented.maker_remaining)
            self._amend(batch, prevented.taker_order_id, prevented.taker_remaining)

    def _order_amended(self, batch: Batch, buffer: bytes, offset: int) -> None:
        now = wire.OrderAmended.decode(buffer, offset)
        terms = (now.price, now.display_quantity, now.stop_price)
        self._amend(batch, now.order_id, now.remaining_quantity, *terms)

    def _order_activated(self, batch: Batch, buffer: bytes, offset: int) -> None:
        now = wire.OrderActivated.decode(buffer, offset)
        self._amend(batch, now.order_id, now.quantity, stop=now.stop_price)

    def _orders_linked(self, batch: Batch, buffer: bytes, offset: int) -> None:
        """Their list has the id of its first order. They were taken in by the same command."""
        linked = wire.OrdersLinked.decode(buffer, offset)
        for order_id in (linked.first, linked.second, linked.third):
            if order_id:
                batch.opened[order_id].amend("list_id", linked.first)

    def _order_triggered(self, batch: Batch, buffer: bytes, offset: int) -> None:
        fired = wire.OrderTriggered.decode(buffer, offset)
        order = batch.opened.get(fired.order_id)
        if order is None:
            batch.triggered[fired.order_id] = (fired.stop_price, self._time_us)
            batch.rows += 1
            return
        order.amend("stop_price", fired.stop_price)
        order.amend("triggered_at_us", self._time_us)

    def _amend(
        self, batch: Batch, order_id: int, remaining: int, price: int = 0, display: int = 0, stop: int = 0
    ) -> None:
        """An order is now for what it has filled and what remains; what is 0 stays."""
        order = batch.opened.get(order_id)
        if order is not None:
            order.amend("quantity", order.filled_quantity + remaining)
            for column, value in (("price", price), ("display_quantity", display), ("stop_price", stop)):
                if value:
                    order.amend(column, value)
            return
        filled = batch.filled.get(order_id)
        quantity = remaining + (0 if filled is None else filled.quantity)
        _, *before = batch.amended.get(order_id, (0, 0, 0, 0))
        price, display, stop = (new or old for new, old in zip((price, display, stop), before, strict=True))
        batch.amended[order_id] = (quantity, price, display, stop)
        batch.rows += 1

    def _fill(self, batch: Batch, order_id: int, quantity: int, notional: int, fee: int) -> None:
        """Adds a fill to the order, which this batch opened or finds open."""
        order = batch.opened.get(order_id)
        if order is not None:
            order.filled_quantity += quantity
            order.filled_notional += notional
            order.fee += fee
            order.sequence = self._sequence
            order.time = self._time
            return
        filled = batch.filled.get(order_id)
        if filled is None:
            batch.filled[order_id] = Filled(quantity, notional, fee, self._sequence, self._time)
            batch.rows += 1
            return
        filled.quantity += quantity
        filled.notional += notional
        filled.fee += fee
        filled.sequence = self._sequence
        filled.time = self._time

    def _enter(
        self, batch: Batch, account: int, asset: int, amount: int, reason: int, market: int, reference: int
    ) -> None:
        """Adds one entry of the group at hand."""
        self._entry += 1
        batch.rows += 1
        row = (self._sequence, self._entry, account, asset, amount, reason, market, reference, self._time)
        batch.entries.append(_ENTRY_LINE % row)

    def _balance_changed(self, batch: Batch, buffer: bytes, offset: int, sequence: int) -> None:
        (
            account,
            asset,
            available_low,
            available_high,
            locked_low,
            locked_high,
        ) = events.BALANCE_CHANGED.unpack_from(buffer, offset)
        batch.balances[account, asset] = (
            available_high << 64 | available_low,
            locked_high << 64 | locked_low,
            sequence,
        )

    def _transfer_made(self, batch: Batch, buffer: bytes, offset: int) -> None:
        self._enter_transfer(
            batch, wire.TransferMade.decode(buffer, offset), wire.TransferMade.tail(buffer, offset)
        )

    def _transfer_held(self, batch: Batch, buffer: bytes, offset: int) -> None:
        """Money that is locked is still its owner's: there are no entries."""
        held = wire.TransferHeld.decode(buffer, offset)
        row = (held.transfer, UUID(bytes=held.reference), held.leg_count, self._sequence, self._time)
        batch.registry.append((statements.ADD_HELD_TRANSFER, row))
        for number, leg in enumerate(_legs(wire.TransferHeld.tail(buffer, offset)), 1):
            held_leg = (held.transfer, number, leg.debit, leg.credit, leg.asset, leg.amount, leg.reason)
            batch.registry.append((statements.ADD_HELD_LEG, held_leg))

    def _transfer_settled(self, batch: Batch, buffer: bytes, offset: int) -> None:
        settled = wire.TransferSettled.decode(buffer, offset)
        self._end_held_transfer(batch, settled.transfer, is_settled=True)
        self._enter_transfer(batch, settled, wire.TransferSettled.tail(buffer, offset))

    def _transfer_voided(self, batch: Batch, buffer: bytes, offset: int) -> None:
        transfer = wire.TransferVoided.decode(buffer, offset).transfer
        self._end_held_transfer(batch, transfer, is_settled=False)

    def _end_held_transfer(self, batch: Batch, transfer: int, *, is_settled: bool) -> None:
        row = (is_settled, self._sequence, self._time, transfer)
        batch.registry.append((statements.END_HELD_TRANSFER, row))

    def _enter_transfer(
        self, batch: Batch, made: wire.TransferMade | wire.TransferSettled, tail: wire.Buffer
    ) -> None:
        row = (made.transfer, UUID(bytes=made.reference), made.leg_count, self._sequence, self._time)
        batch.transfers.append(_TRANSFER_LINE % row)
        batch.rows += 1
        for leg in _legs(tail):
            self._enter(batch, leg.debit, leg.asset, -leg.amount, leg.reason, 0, made.transfer)
            self._enter(batch, leg.credit, leg.asset, leg.amount, leg.reason, 0, made.transfer)

    # The exchange itself: rare events, each a statement of its own.

    def _register(self, row_of: registry.RowOf, batch: Batch, buffer: bytes, offset: int) -> None:
        batch.registry.append(row_of(buffer, offset, self._sequence, self._time))

    def _epoch_started(self, batch: Batch, buffer: bytes, offset: int) -> None:
        started = wire.EpochStarted.decode(buffer, offset)
        before = self._position.epoch
        if started.previous_epoch != before or started.previous_last_sequence != self._sequence - 1:
            raise LedgerFailed(
                f"epoch {started.epoch} goes on from epoch {started.previous_epoch} at "
                f"{started.previous_last_sequence}, and the ledger is in epoch {before} at "
                f"{self._sequence - 1}"
            )
        self._position = self._position._replace(epoch=started.epoch)
        batch.registry.append((statements.ADD_EPOCH, (*started, self._sequence, self._time)))

    def _outbox_taken(self, batch: Batch, buffer: bytes, offset: int) -> None:
        taken = wire.OutboxTaken.decode(buffer, offset)
        batch.outcomes.append(Outcome(taken.source, taken.number, self._sequence, 0, taken.digest))

    def _command_rejected(self, batch: Batch, buffer: bytes, offset: int) -> None:
        self._note_refusal(batch, wire.CommandRejected.decode(buffer, offset).code)

    def _order_rejected(self, batch: Batch, buffer: bytes, offset: int) -> None:
        self._note_refusal(batch, wire.OrderRejected.decode(buffer, offset).code)

    def _note_refusal(self, batch: Batch, code: int) -> None:
        """A refusal in the group of an outbox row is that row's outcome."""
        if batch.outcomes and batch.outcomes[-1].sequence == self._sequence:
            batch.outcomes[-1] = batch.outcomes[-1]._replace(code=code)

    def _market_created(self, batch: Batch, buffer: bytes, offset: int) -> None:
        created = wire.MarketCreated.decode(buffer, offset)
        self._markets[created.market] = MarketTerms(created.base, created.quote, created.lot_size)
        batch.registry.append((statements.ADD_MARKET, (*created, self._sequence, self._time)))


def _legs(tail: wire.Buffer) -> Iterator[wire.TransferLeg]:
    for _, offset, _ in wire.messages(tail):
        yield wire.TransferLeg.decode(tail, offset)
