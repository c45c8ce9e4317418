"""Events of accounts as Binance names their fields: one letter each, capital or small."""

from __future__ import annotations

import msgspec


class ExecutionReport(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="e", tag="executionReport"):
    """What became of an order: `x` is what happened, `X` how it stands since.

    `l`, `L` and `t` are of a trade. Where a cancel or a replacement is told, `C` is the id by which the
    client knows the order.
    """

    E: int
    s: str
    c: str
    S: str
    o: str
    f: str
    q: str
    p: str
    P: str
    F: str
    g: int
    C: str
    x: str
    X: str
    r: str
    i: int
    l: str  # noqa: E741 - as clients read it
    z: str
    L: str
    n: str
    N: str | None
    T: int
    t: int
    I: int  # noqa: E741 - as clients read it
    w: bool
    m: bool
    M: bool
    O: int  # noqa: E741 - as clients read it
    Z: str
    Y: str
    Q: str
    V: str
    W: int | None = None
    d: int | None = None


class HeldBalance(msgspec.Struct, frozen=True):
    """What an account has of an asset, free and locked."""

    a: str
    f: str
    l: str  # noqa: E741 - as clients read it


class AccountPosition(msgspec.Struct, frozen=True, tag_field="e", tag="outboundAccountPosition"):
    """The balances that have changed, as they now are."""

    E: int
    u: int
    B: list[HeldBalance]


class BalanceUpdate(msgspec.Struct, frozen=True, tag_field="e", tag="balanceUpdate"):
    """What came to an account or left it by a transfer."""

    E: int
    a: str
    d: str
    T: int


class ListedOrder(msgspec.Struct, frozen=True):
    """An order of a list."""

    s: str
    i: int
    c: str


class ListStatus(msgspec.Struct, frozen=True, tag_field="e", tag="listStatus"):
    """Linked orders were taken, or are all closed."""

    E: int
    s: str
    g: int
    c: str
    l: str  # noqa: E741 - as clients read it
    L: str
    r: str
    C: str
    T: int
    O: list[ListedOrder]  # noqa: E741 - as clients read it


class StreamTerminated(msgspec.Struct, frozen=True, tag_field="e", tag="eventStreamTerminated"):
    """Nothing more comes: what the stream was opened with is good no more."""

    E: int
