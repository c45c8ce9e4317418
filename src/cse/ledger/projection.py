"""From groups of events to rows. A pure function of the events and of the markets seen so far."""

from __future__ import annotations

from functools import partial
from typing import Final

from cse.engine import wire
from cse.engine.layouts import GROUP, GROUP_WIDTH, HEAD
from cse.ledger import events, order_rows, registry, statements, trade_rows, transfer_rows
from cse.ledger.batch import Batch, Handler
from cse.ledger.models import LedgerFailed, MarketTerms, Outcome, Position
from cse.ledger.tables import time_text

_BALANCE_CHANGED: Final = wire.BalanceChanged.KIND


class Projection:
    """Turns groups into rows, one batch after another."""

    def __init__(self, position: Position, markets: dict[int, MarketTerms]) -> None:
        self._position = position
        self._markets = markets
        self._time_us = -1
        self._time = ""
        self._handlers: Final[dict[int, Handler]] = {
            **order_rows.HANDLERS,
            **transfer_rows.HANDLERS,
            wire.Traded.KIND: partial(trade_rows.traded, markets),
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
        batch.time, batch.time_us = self._time, self._time_us
        read_head, read_group = HEAD.unpack_from, GROUP.unpack_from
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
            batch.sequence, batch.entry = sequence, 0
            stop = offset + length
            offset += GROUP_WIDTH
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
        batch.months.add(self._time[:7])

    def _begin_time(self, batch: Batch, time_us: int) -> None:
        self._time_us = batch.time_us = time_us
        self._time = batch.time = time_text(time_us)
        batch.months.add(self._time[:7])

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

    # The exchange itself: rare events, each a statement of its own.

    def _register(self, row_of: registry.RowOf, batch: Batch, buffer: bytes, offset: int) -> None:
        batch.registry.append(row_of(buffer, offset, batch.sequence, batch.time))

    def _epoch_started(self, batch: Batch, buffer: bytes, offset: int) -> None:
        started = wire.EpochStarted.decode(buffer, offset)
        before = self._position.epoch
        if started.previous_epoch != before or started.previous_last_sequence != batch.sequence - 1:
            raise LedgerFailed(
                f"epoch {started.epoch} goes on from epoch {started.previous_epoch} at "
                f"{started.previous_last_sequence}, and the ledger is in epoch {before} at "
                f"{batch.sequence - 1}"
            )
        self._position = self._position._replace(epoch=started.epoch)
        batch.registry.append((statements.ADD_EPOCH, (*started, batch.sequence, batch.time)))

    def _outbox_taken(self, batch: Batch, buffer: bytes, offset: int) -> None:
        taken = wire.OutboxTaken.decode(buffer, offset)
        batch.outcomes.append(Outcome(taken.source, taken.number, batch.sequence, 0, taken.digest))

    def _command_rejected(self, batch: Batch, buffer: bytes, offset: int) -> None:
        self._note_refusal(batch, wire.CommandRejected.decode(buffer, offset).code)

    def _order_rejected(self, batch: Batch, buffer: bytes, offset: int) -> None:
        self._note_refusal(batch, wire.OrderRejected.decode(buffer, offset).code)

    def _note_refusal(self, batch: Batch, code: int) -> None:
        """A refusal in the group of an outbox row is that row's outcome."""
        if batch.outcomes and batch.outcomes[-1].sequence == batch.sequence:
            batch.outcomes[-1] = batch.outcomes[-1]._replace(code=code)

    def _market_created(self, batch: Batch, buffer: bytes, offset: int) -> None:
        created = wire.MarketCreated.decode(buffer, offset)
        self._markets[created.market] = MarketTerms(created.base, created.quote, created.lot_size)
        batch.registry.append((statements.ADD_MARKET, (*created, batch.sequence, batch.time)))
