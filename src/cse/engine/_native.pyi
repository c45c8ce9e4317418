"""The native side of the engine: the core, the leader, the replica and the reader of events.

Bytes that stand for several messages hold them one behind another, as `cse.engine.wire` reads
them. Times are microseconds UTC. Every method that may wait for a disk releases the interpreter.
"""

from typing import TypeAlias, final

from cse.engine.storage import Storage

__all__ = [
    "Batch",
    "Core",
    "Diverged",
    "EventReader",
    "JournalDamaged",
    "Leader",
    "Malformed",
    "OutOfOrder",
    "ProtocolViolated",
    "Replica",
    "SnapshotWriter",
    "StorageFailed",
    "chain_group",
]

class Malformed(ValueError):
    """Bytes that are no message of the layout they should have."""

class OutOfOrder(ValueError):
    """A command whose sequence is not the next, whose time falls, or whose chain does not fit."""

class StorageFailed(OSError):
    """Storage refused to read, write or sync. The process that sees it must end."""

class JournalDamaged(Exception):
    """A journal, event log or snapshot is not what was written; the files are left untouched."""

class Diverged(Exception):
    """A core came to other events than the leader's. The process that sees it must end."""

class ProtocolViolated(Exception):
    """A connection sent what is no frame and must be dropped."""

@final
class Core:
    """One core in memory, without any file."""

    def __new__(cls) -> Core: ...
    @staticmethod
    def read_state(entries: bytes) -> Core:
        """The core whose state `entries` are, as `write_state` gives them; `Malformed` otherwise."""
    @property
    def sequence(self) -> int: ...
    @property
    def time_us(self) -> int: ...
    @property
    def chain(self) -> int: ...
    @property
    def epoch(self) -> int: ...
    def apply(self, sequence: int, time_us: int, command: bytes) -> bytes:
        """Carries out one command and returns its Group message; `OutOfOrder`."""
    def apply_record(self, record: bytes) -> bytes:
        """Carries out a journal record whole and returns its Group messages.

        Raises `Malformed` for a wrong checksum or layout, `OutOfOrder` if it is not the next,
        `Diverged` if its `previous_chain` is not the chain here.
        """
    def dump(self) -> str: ...
    def state_hash(self) -> bytes: ...
    def write_state(self) -> bytes: ...
    def assets(self) -> bytes:
        """AssetState messages, ascending."""
    def accounts(self) -> bytes:
        """AccountState messages, ascending."""
    def markets(self) -> bytes:
        """MarketState messages, ascending."""
    def market(self, market: int) -> bytes | None:
        """One MarketState."""
    def account(self, account: int) -> bytes | None:
        """One AccountState."""
    def main_account(self, owner: bytes) -> int | None: ...
    def external_account(self, asset: int, network: int) -> int | None: ...
    def balances(self, account: int) -> bytes:
        """BalanceState messages, ascending by asset."""
    def order(self, order_id: int) -> bytes | None:
        """The OrderState of an open order, or its TriggerState while it is a trigger order."""
    def linked_orders(self, order_id: int) -> list[int]:
        """The ids of the orders that an order is linked with, ascending."""
    def cancel_timer(self, account: int) -> int | None:
        """When an account's cancel timer fires, microseconds UTC."""
    def client_order(self, account: int, client_order_id: bytes) -> bytes | None:
        """The ClientOrderState remembered under a client order id."""
    def open_orders(self, account: int, market: int = 0, before: int = ..., limit: int = ...) -> bytes:
        """OrderState and TriggerState messages, ascending by id; market 0 is every market."""
    def market_orders(self, market: int) -> bytes:
        """OrderState messages, bids and asks as they stand in their queues; then TriggerState ones."""
    def depth(self, market: int, side: int, levels: int) -> list[tuple[int, int]]:
        """Price in ticks and lots there, best price first."""
    def risk_limits(self) -> bytes:
        """`RiskLimitsState` messages, ascending by market and tier."""
    def risk_of(self, account: int, market: int) -> tuple[bytes, bytes]:
        """The `RiskLimitsState` that holds for an account, and `RiskCountsState` of its owner's minute."""
    def fee_tiers(self) -> bytes:
        """FeeTierState messages, ascending by market and tier."""
    def held_transfers(self) -> bytes:
        """HeldTransferState messages with their legs, ascending."""
    def outbox_number(self, source: int) -> int: ...

@final
class Batch:
    """Commands that become durable together."""

    @property
    def first_sequence(self) -> int: ...
    @property
    def last_sequence(self) -> int: ...
    @property
    def time_us(self) -> int: ...
    @property
    def count(self) -> int: ...
    @property
    def record_bytes(self) -> int: ...

@final
class Leader:
    """Takes frames in, makes them durable and gives answers out.

    A batch goes through `gather`, `write`, `commit` in that order; the next may be gathered while
    one is written. `write` alone may run in another thread than the rest.
    """

    def __new__(
        cls,
        storage: str | Storage,
        now_us: int,
        process_id: int,
        segment_bytes: int = 67_108_864,
    ) -> Leader:
        """Recovers, starts the next epoch and makes it durable.

        `storage` is the path of a data directory or an object with its parts. Raises
        `JournalDamaged`, `StorageFailed` (also when another leader has the directory) or
        `Diverged`.
        """
    @property
    def epoch(self) -> int: ...
    @property
    def sequence(self) -> int:
        """The last sequence given, durable or not."""
    @property
    def durable_sequence(self) -> int: ...
    @property
    def time_us(self) -> int:
        """The time of the last record; no record's time is below it."""
    @property
    def waiting(self) -> int:
        """Commands taken in and not yet gathered."""
    @property
    def accepts_orders(self) -> bool: ...
    @property
    def recovery(self) -> dict[str, int | str | list[str] | None]:
        """What recovery found: `snapshot_sequence`, `snapshots_skipped`, `last_sequence`,
        `events_sequence`, `replayed`, and `cut`, which is None without a torn tail."""
    def accept_orders(self, accept: bool) -> None:
        """While false, a PlaceOrder is refused with `storage_low`; all else is taken."""
    def free_bytes(self) -> int:
        """Free bytes where the journal is."""
    def submit(self, connection: int, data: bytes) -> tuple[bytes, list[bytes]] | None:
        """Takes bytes of a connection; frames may be cut anywhere.

        Returns None, or Refusal frames to send at once and the Query frames that came. Raises
        `ProtocolViolated` when the connection must be dropped.
        """
    def disconnect(self, connection: int) -> None:
        """Forgets a connection. What it has sent is still carried out."""
    def gather(self, now_us: int) -> Batch | None:
        """Carries out what waits, up to 4,096 commands or 2 MiB; None when nothing waits.

        Where nothing waits and an order is due, the batch is a `Tick`, which nobody is answered.
        """
    def write(self, batch: Batch) -> None:
        """Appends a batch to journal and event log and syncs the journal; `StorageFailed`."""
    def commit(self, batch: Batch) -> list[tuple[int, bytes]]:
        """Moves the watermark and returns each connection's Answer frames."""
    def close(self) -> None:
        """Notes a clean stop in the watermark."""

@final
class SnapshotWriter:
    """A state taken out of a replica, to be written while the replica goes on."""

    @property
    def sequence(self) -> int: ...
    def write(self) -> bytes:
        """Syncs the event log, writes the snapshot and returns the state hash."""

# Sequence, time and message of one event.
_Dated: TypeAlias = tuple[int, int, bytes]
# A `Past` of `cse.engine.models`.
_Past: TypeAlias = tuple[int, int, int, int, bool]
_Closed: TypeAlias = tuple[_Dated, _Dated, _Past]

@final
class Replica:
    """A core that follows the journal up to the watermark, and what closed lately."""

    def __new__(
        cls,
        storage: str | Storage,
        ledger_position: int = 0,
        recent_limit: int = 2_000_000,
        trades_limit: int = 1_000,
    ) -> Replica:
        """Reads the newest snapshot and the recent part of the event log; does not follow yet."""
    @property
    def sequence(self) -> int: ...
    @property
    def time_us(self) -> int: ...
    @property
    def chain(self) -> int: ...
    @property
    def epoch(self) -> int: ...
    @property
    def watermark(self) -> int:
        """The last durable sequence, read anew each time."""
    @property
    def snapshot_sequence(self) -> int:
        """The sequence of the snapshot it began with; 0 for none."""
    @property
    def leader_process_id(self) -> int: ...
    @property
    def recent_count(self) -> int:
        """Closed orders and fills kept."""
    @property
    def recent_from(self) -> int:
        """The sequence from which on closed orders and fills are kept without a gap."""
    def follow(self, limit: int = 1_000_000) -> int:
        """Applies at least what is durable, up to about `limit` commands; returns the sequence.

        Raises `Diverged`, `JournalDamaged` or `StorageFailed`.
        """
    def prune(self, ledger_position: int) -> None:
        """Forgets closed orders and fills up to a sequence."""
    def snapshot(self) -> SnapshotWriter:
        """The state as it is now, to be written in whatever thread; raises `StorageFailed`."""
    def state_hash(self) -> bytes: ...
    def dump(self) -> str: ...
    def assets(self) -> bytes: ...
    def accounts(self) -> bytes: ...
    def markets(self) -> bytes: ...
    def market(self, market: int) -> bytes | None: ...
    def account(self, account: int) -> bytes | None: ...
    def main_account(self, owner: bytes) -> int | None: ...
    def external_account(self, asset: int, network: int) -> int | None: ...
    def balances(self, account: int) -> bytes: ...
    def order(self, order_id: int) -> bytes | None: ...
    def linked_orders(self, order_id: int) -> list[int]: ...
    def cancel_timer(self, account: int) -> int | None: ...
    def client_order(self, account: int, client_order_id: bytes) -> bytes | None: ...
    def open_orders(self, account: int, market: int = 0, before: int = ..., limit: int = ...) -> bytes: ...
    def market_orders(self, market: int) -> bytes: ...
    def depth(self, market: int, side: int, levels: int) -> list[tuple[int, int]]: ...
    def risk_limits(self) -> bytes:
        """`RiskLimitsState` messages, ascending by market and tier."""
    def risk_of(self, account: int, market: int) -> tuple[bytes, bytes]:
        """The `RiskLimitsState` that holds for an account, and `RiskCountsState` of its owner's minute."""
    def fee_tiers(self) -> bytes:
        """FeeTierState messages, ascending by market and tier."""
    def held_transfers(self) -> bytes:
        """HeldTransferState messages with their legs, ascending."""
    def outbox_number(self, source: int) -> int: ...
    def closed_order(self, account: int, order_id: int) -> _Closed | None:
        """OrderAccepted, OrderClosed and past of an account's order that closed lately."""
    def closed_orders(self, account: int, market: int = 0, limit: int = 100) -> list[_Closed]:
        """An account's lately closed orders, newest first."""
    def pasts(self, order_ids: list[int]) -> list[_Past]:
        """What has become of open orders."""
    def fills(self, account: int, market: int = 0, limit: int = 100) -> list[_Dated]:
        """An account's Traded events, newest first."""
    def trades(self, market: int, limit: int = 100) -> list[_Dated]:
        """A market's Traded events, newest first."""
    def group(self, sequence: int) -> bytes | None:
        """The Group at a durable sequence, out of the event log."""

@final
class EventReader:
    """Reads groups of the event log in order, up to the watermark."""

    def __new__(cls, storage: str | Storage) -> EventReader: ...
    @property
    def watermark(self) -> int:
        """The last durable sequence, read anew each time."""
    def read(self, after_sequence: int, limit: int = 4_096, limit_bytes: int = 4_194_304) -> bytes:
        """Group messages from `after_sequence + 1` on; empty when none is durable.

        Raises `JournalDamaged` when a group is missing or its chain does not follow, and
        `OutOfOrder` when `after_sequence` is beyond the watermark.
        """
    def group(self, sequence: int) -> bytes | None: ...

def chain_group(previous: int, sequence: int, time_us: int, events: bytes) -> int:
    """The chain after a group."""
