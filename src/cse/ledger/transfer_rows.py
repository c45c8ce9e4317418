"""Rows of transfers: made at once, or held and then settled or voided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from cse.engine import wire
from cse.ledger import statements
from cse.ledger.batch import Batch, Handler
from cse.ledger.entry_rows import enter

_TRANSFER_LINE: Final = "%d\t%s\t%d\t%d\t%s\n"


def _transfer_made(batch: Batch, buffer: bytes, offset: int) -> None:
    _enter_transfer(batch, wire.TransferMade.decode(buffer, offset), wire.TransferMade.tail(buffer, offset))


def _transfer_held(batch: Batch, buffer: bytes, offset: int) -> None:
    """Money that is locked is still its owner's: there are no entries."""
    held = wire.TransferHeld.decode(buffer, offset)
    row = (held.transfer, UUID(bytes=held.reference), held.leg_count, batch.sequence, batch.time)
    batch.registry.append((statements.ADD_HELD_TRANSFER, row))
    for number, leg in enumerate(_legs(wire.TransferHeld.tail(buffer, offset)), 1):
        held_leg = (held.transfer, number, leg.debit, leg.credit, leg.asset, leg.amount, leg.reason)
        batch.registry.append((statements.ADD_HELD_LEG, held_leg))


def _transfer_settled(batch: Batch, buffer: bytes, offset: int) -> None:
    settled = wire.TransferSettled.decode(buffer, offset)
    _end_held_transfer(batch, settled.transfer, is_settled=True)
    _enter_transfer(batch, settled, wire.TransferSettled.tail(buffer, offset))


def _transfer_voided(batch: Batch, buffer: bytes, offset: int) -> None:
    transfer = wire.TransferVoided.decode(buffer, offset).transfer
    _end_held_transfer(batch, transfer, is_settled=False)


def _end_held_transfer(batch: Batch, transfer: int, *, is_settled: bool) -> None:
    row = (is_settled, batch.sequence, batch.time, transfer)
    batch.registry.append((statements.END_HELD_TRANSFER, row))


def _enter_transfer(batch: Batch, made: wire.TransferMade | wire.TransferSettled, tail: wire.Buffer) -> None:
    row = (made.transfer, UUID(bytes=made.reference), made.leg_count, batch.sequence, batch.time)
    batch.transfers.append(_TRANSFER_LINE % row)
    batch.rows += 1
    for leg in _legs(tail):
        enter(batch, leg.debit, leg.asset, -leg.amount, leg.reason, 0, made.transfer)
        enter(batch, leg.credit, leg.asset, leg.amount, leg.reason, 0, made.transfer)


def _legs(tail: wire.Buffer) -> Iterator[wire.TransferLeg]:
    for _, offset, _ in wire.messages(tail):
        yield wire.TransferLeg.decode(tail, offset)


HANDLERS: Final[dict[int, Handler]] = {
    wire.TransferMade.KIND: _transfer_made,
    wire.TransferHeld.KIND: _transfer_held,
    wire.TransferSettled.KIND: _transfer_settled,
    wire.TransferVoided.KIND: _transfer_voided,
}
