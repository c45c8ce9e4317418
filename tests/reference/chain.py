"""The chain of groups: rule 1.2."""

import struct
from typing import Final

PI: Final = (0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89)
"""The first 256 bits of the fraction of pi."""
_WORD: Final = (1 << 64) - 1


def fold(a: int, b: int) -> int:
    """The product of two words, its upper half over its lower."""
    product = a * b
    return (product & _WORD) ^ (product >> 64)


def chain_after(previous: int, sequence: int, time_us: int, events: bytes) -> int:
    """The chain after a group, from the one before it."""
    sums = [fold(previous ^ PI[0], sequence ^ PI[1]), fold(previous ^ PI[2], (time_us & _WORD) ^ PI[3])]
    words = struct.unpack(f"<{len(events) // 8}Q", events)
    for block, place in enumerate(range(0, len(words), 2)):
        turn = block % 2
        behind = words[place + 1] if place + 1 < len(words) else 0
        sums[turn] = fold(sums[turn] ^ words[place], PI[2 * turn + 1] ^ behind)
    even, odd = sums
    return fold(even ^ len(events), odd ^ PI[0])
