"""Passwords: how they are looked at and hashed without stopping all else."""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias, TypeVar

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import hash_secret

from cse.accounts.passwords.strength import LENGTH_MAX, Strength, strength_of
from cse.accounts.passwords.turns import Turns
from cse.domain.errors import CodedError
from cse.runtime.http.address import grouped
from cse.runtime.http.origin import ORIGIN
from cse.runtime.normal_form import normal_form

_THREADS: Final = 2
_WAITING_MAX: Final = 128
# Twice what OWASP's Password Storage Cheat Sheet asks for at this size. One lane: Argon2 would start a
# thread for each, and many that give way together no longer do.
_MEMORY_KIB: Final = 46 * 1024
_PASSES: Final = 2
_LANES: Final = 1
_ALGORITHM: Final = "$argon2id$v=19"
# Of the threads that hash: who trades does not wait for who signs in.
_NICENESS: Final = 10

Result = TypeVar("Result")
Work: TypeAlias = Callable[[PasswordHasher, str, str], Result]


class Passwords:
    """Argon2id in a few threads of its own; it takes tens of milliseconds and megabytes a time.

    Addresses take turns at the threads: many requests of one keep nobody at another waiting.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(_PASSES, _MEMORY_KIB, _LANES)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="argon2", initializer=_give_way)
        self._turns = Turns(_THREADS, _WAITING_MAX)
        # With what an unknown e-mail's password is hashed, so that it takes as long as a known's.
        self._decoy = self.new_start()

    def close(self) -> None:
        """Ends the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def strength(self, password: str, known: Sequence[str]) -> Strength:
        """How hard it is to guess for who knows these texts. Raises `CodedError` overloaded."""
        return await self._run(lambda _, text, __: strength_of(text, known), password, "")

    async def check(self, password: str, known: Sequence[str]) -> None:
        """Returns if it may be chosen. Raises `CodedError` weak_password, breached_password, overloaded."""
        refused = (await self.strength(password, known)).refused
        if refused is not None:
            raise CodedError(refused, field="password")

    def new_start(self) -> str:
        """What hashes begin with that are made with today's parameters and a salt of chance."""
        hasher = self._hasher
        salt = base64.b64encode(secrets.token_bytes(hasher.salt_len)).rstrip(b"=").decode()
        return f"{_ALGORITHM}$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}"

    async def hash(self, password: str, start: str | None) -> str:
        """The hash that begins so: the same one for the same password. Of None it is nobody's.

        Raises:
            CodedError: `overloaded` when too many wait.
        """
        return await self._run(_hash, password, start or self._decoy)

    async def verify(self, password: str, password_hash: str) -> bool:
        """Whether the password is the one that was hashed. Raises `CodedError` overloaded."""
        return await self._run(_verify, password, password_hash)

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    async def _run(self, work: Work[Result], password: str, password_hash: str) -> Result:
        normal = normal_form("NFKC", password, LENGTH_MAX)
        async with self._turns.turn(grouped(ORIGIN.get().address)):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, work, self._hasher, normal, password_hash)


def _give_way() -> None:
    """Has this thread run behind all others, where threads have priorities of their own."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        # Only root may go before where it is, and who runs all of it behind others has said enough.
        niceness = max(os.getpriority(os.PRIO_PROCESS, thread), _NICENESS)
        os.setpriority(os.PRIO_PROCESS, thread, niceness)


def start_of(password_hash: str) -> str:
    """What a hash begins with: all but the hash itself."""
    return password_hash.rpartition("$")[0]


def _hash(hasher: PasswordHasher, password: str, start: str) -> str:
    salt = start.rpartition("$")[2]
    kept = extract_parameters(f"{start}${'A' * ((hasher.hash_len * 4 + 2) // 3)}")
    made = hash_secret(
        password.encode(),
        base64.b64decode(salt + "=" * (-len(salt) % 4)),
        time_cost=kept.time_cost,
        memory_cost=kept.memory_cost,
        parallelism=kept.parallelism,
        hash_len=kept.hash_len,
        type=kept.type,
        version=kept.version,
    )
    return made.decode("ascii")


def _verify(hasher: PasswordHasher, password: str, password_hash: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
