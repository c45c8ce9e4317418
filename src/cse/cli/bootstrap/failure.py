"""Why a set-up cannot go on, in words for the person at the terminal."""

from __future__ import annotations


class SetupFailed(Exception):
    """Something is missing or broke.

    Attributes:
        reason: what, in a sentence.
        remedy: the one command or step that helps, or an empty string.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.reason}\n  What helps: {self.remedy}" if self.remedy else self.reason
