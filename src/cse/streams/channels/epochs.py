"""Which positions of a numbering are good: those that lie in what was kept of their epoch."""

from __future__ import annotations

from typing import Final

_REMEMBERED_MAX: Final = 64


class Epochs:
    """The epochs of one numbering, as far back as this process has seen them.

    A position is an epoch and a sequence. It is good if it is not beyond what was kept of its epoch,
    and then goes on into the next one without notice. Of epochs before the first one seen nothing is
    known, so no position in them is good.
    """

    def __init__(self, epoch: int) -> None:
        self.current = epoch
        self._last: dict[int, int] = {}

    def begin(self, epoch: int, last_sequence: int) -> None:
        """Another epoch begins; `last_sequence` is the last number given in the one before."""
        if epoch <= self.current:
            return
        self._last[self.current] = last_sequence
        if len(self._last) > _REMEMBERED_MAX:
            del self._last[next(iter(self._last))]
        self.current = epoch

    def holds(self, epoch: int, sequence: int, now: int) -> bool:
        """Whether a position is good while the numbering stands at `now`."""
        if epoch == self.current:
            return sequence <= now
        last = self._last.get(epoch)
        return last is not None and sequence <= last
