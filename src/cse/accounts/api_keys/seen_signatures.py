"""Signatures that have come, so that none is good twice: in a file that all processes share.

A request that was seen on its way could be sent again as long as its window lasts, to whichever process
takes it. So what was signed is remembered until then, by a digest, in memory that edges and streams of
the machine map: a table of buckets, each with a lock of the file system. It outlives the processes; and
should the machine stop, a window is over before it is back.

A bucket without room refuses: nothing is forgotten early, whoever floods. There is room for 35,000
signed requests a second with the longest window, and six times as many with the usual one.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
from pathlib import Path
from struct import Struct
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

BUCKETS: Final = 1 << 16
SLOTS: Final = 16
DIGEST_BYTES: Final = 16
# A wall clock that is set back by less than this makes no window open again.
KEPT_LONGER_US: Final = 10_000_000
_DIGESTS_BYTES: Final = SLOTS * DIGEST_BYTES
_UNTILS: Final = Struct(f"<{SLOTS}q")
_UNTIL: Final = Struct("<q")
_BUCKET_BYTES: Final = _DIGESTS_BYTES + _UNTILS.size


class SeenSignatures:
    """What the processes of one machine have seen.

    Args:
        path: the file; made where it is missing.
        buckets: how many there are, the same for all who share it; a power of two, up to 65,536.
    """

    def __init__(self, path: Path, buckets: int = BUCKETS) -> None:
        self._mask = buckets - 1
        size = buckets * _BUCKET_BYTES
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.fstat(self._descriptor).st_size != size:
            os.ftruncate(self._descriptor, size)
        self._memory = mmap.mmap(self._descriptor, size)

    def close(self) -> None:
        """Lets go of the file, and leaves it."""
        self._memory.close()
        os.close(self._descriptor)

    def is_new(self, text: bytes, until_us: int, now_us: int) -> bool:
        """Whether what was signed comes for the first time; from now on it does not.

        Raises:
            CodedError: `overloaded` where there is no room to remember it.
        """
        digest = hashlib.blake2b(text, digest_size=DIGEST_BYTES).digest()
        bucket = int.from_bytes(digest[:2]) & self._mask
        # Another process may be at this bucket, never for longer than this takes.
        fcntl.lockf(self._descriptor, fcntl.LOCK_EX, 1, bucket)
        try:
            return self._note(bucket * _BUCKET_BYTES, digest, until_us, now_us)
        finally:
            fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, bucket)

    def _note(self, offset: int, digest: bytes, until_us: int, now_us: int) -> bool:
        memory, untils_at = self._memory, offset + _DIGESTS_BYTES
        if memory.find(digest, offset, untils_at) >= 0:
            return False
        for slot, until in enumerate(_UNTILS.unpack_from(memory, untils_at)):
            if until < now_us:
                place = offset + slot * DIGEST_BYTES
                _UNTIL.pack_into(memory, untils_at + slot * _UNTIL.size, until_us + KEPT_LONGER_US)
                memory[place : place + DIGEST_BYTES] = digest
                return True
        raise CodedError(codes.OVERLOADED)
