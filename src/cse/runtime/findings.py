"""What a proof has looked at and what it found to differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final

NAMED_MAX: Final = 10


@dataclass
class Findings:
    """Per subject: how much agreed, how many differences there are, and the first of them by name."""

    looked_at: Counter[str] = field(default_factory=Counter)
    differences: Counter[str] = field(default_factory=Counter)
    named: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, subject: str, amount: int) -> None:
        """Notes what was looked at."""
        self.looked_at[subject] += amount

    def add(self, subject: str, text: str) -> None:
        """Notes a difference."""
        self.differences[subject] += 1
        if len(self.named[subject]) < NAMED_MAX:
            self.named[subject].append(text)

    @property
    def agree(self) -> bool:
        """Whether nothing differs."""
        return not self.differences
