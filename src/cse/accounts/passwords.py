"""Passwords: which are taken, and how they are hashed without stopping all else."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cse.domain import codes
from cse.domain.errors import CodedError

LENGTH_MIN: Final = 10
LENGTH_MAX: Final = 256
_COMMON_STEMS: Final = frozenset(
    (
        "password passw0rd p@ssw0rd p@ssword qwerty qwertyuiop asdfghjkl zxcvbnm 1q2w3e4r letmein "
        "welcome iloveyou princess sunshine football baseball superman batman monkey dragon master "
        "shadow michael jennifer trustno1 whatever starwars computer internet samsung bitcoin "
        "ethereum crypto exchange admin administrator changeme secret default testing qazwsx abc"
    ).split(" ")
)
_THREADS: Final = 2
_WAITING_MAX: Final = 64

Result = TypeVar("Result", str, bool)
Work: TypeAlias = Callable[[PasswordHasher, str, str], Result]


def check_strength(password: str, email: str) -> None:
    """Raises `CodedError` weak_password for one that is too short, too long, or among the first tried.

    Common ones are those made of few characters, of a run of digits, of the e-mail, or of a common
    word with digits and signs around it.
    """
    lowered = password.casefold()
    stem = lowered.strip("0123456789!@#$%^&*()-_=+.,?~ ")
    weak = (
        not LENGTH_MIN <= len(password) <= LENGTH_MAX
        or len(set(lowered)) < 4
        or stem in _COMMON_STEMS
        or not stem
        or lowered in (email, email.partition("@")[0] * 2)
    )
    if weak:
        raise CodedError(codes.WEAK_PASSWORD, field="password")


class Passwords:
    """Argon2id in a few threads of its own; it takes tens of milliseconds and megabytes a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="argon2")
        self._waiting = 0
        # What an unknown e-mail's password is held against, so that it takes as long as a known's.
        self._decoy = self._hasher.hash("no person has this password")

    def close(self) -> None:
        """Ends the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        """The hash to keep; `CodedError` overloaded when too many wait."""
        return await self._run(lambda hasher, text, _: hasher.hash(text), password, "")

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether the password is the one that was hashed; of None it never is."""
        matches = await self._run(_verify, password, password_hash or self._decoy)
        return matches and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    async def _run(self, work: Work[Result], password: str, password_hash: str) -> Result:
        if self._waiting >= _WAITING_MAX:
            raise CodedError(codes.OVERLOADED)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            normal = unicodedata.normalize("NFKC", password)
            return await loop.run_in_executor(self._threads, work, self._hasher, normal, password_hash)
        finally:
            self._waiting -= 1


def _verify(hasher: PasswordHasher, password: str, password_hash: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
