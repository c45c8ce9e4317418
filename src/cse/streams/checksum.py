"""The checksum by which a client sees that its book is the server's."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

LEVELS: Final = 10


def checksum(bids: Sequence[Sequence[str]], asks: Sequence[Sequence[str]]) -> int:
    """CRC-32 (IEEE) of the best ten bids, then the best ten asks, each as `price:quantity`.

    Of single orders each is `order_id:price:quantity`. They stand best first; they are joined by commas,
    the sides by `|`.
    """
    sides = (",".join(":".join(entry) for entry in side[:LEVELS]) for side in (bids, asks))
    return zlib.crc32("|".join(sides).encode())
