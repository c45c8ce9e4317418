"""Journal records built by hand, to carry the same commands out in other batches."""

import struct
from collections.abc import Iterator
from itertools import groupby
from random import Random

import xxhash

from cse.engine.wire import Group, Record, messages
from tests.property.streams import Step


def partition(steps: list[Step], source: Random, commands_max: int) -> Iterator[list[Step]]:
    """Cuts steps into batches of one time each, anywhere else at will."""
    for _, same_time in groupby(steps, key=lambda step: step[0]):
        left = list(same_time)
        while left:
            count = source.randint(1, commands_max)
            yield left[:count]
            left = left[count:]


def record(batch: list[Step], first_sequence: int, epoch: int, previous: bytes, chain: int) -> bytes:
    """The record of a batch that follows the record `previous` (empty at first)."""
    fields = Record(
        checksum=0,
        epoch=epoch,
        first_sequence=first_sequence,
        time_us=batch[0][0],
        previous_checksum=Record.decode(previous).checksum if previous else 0,
        previous_chain=chain,
        count=len(batch),
    )
    raw = fields.encode(b"".join(command for _, command in batch))
    (header,) = struct.unpack_from("<Q", raw)
    checksum = xxhash.xxh3_64_intdigest(raw[16:], seed=header)
    return raw[:8] + struct.pack("<Q", checksum) + raw[16:]


def last_chain(groups: bytes) -> int:
    """The chain after the last of several groups."""
    chain = 0
    for _, offset, _ in messages(groups):
        chain = Group.decode(groups, offset).chain
    return chain
