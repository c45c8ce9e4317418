"""How passwords are kept, and which e-mails are taken."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from argon2 import PasswordHasher, extract_parameters

from cse.accounts.emails.spelling import normalised
from cse.accounts.passwords.hashing import Passwords, start_of
from cse.accounts.sessions.token_keys import access_token_key, refresh_token_key
from cse.domain.errors import CodedError
from cse.runtime.http.origin import ORIGIN, Origin

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(QUICK)
    yield made
    made.close()


async def test_a_hash_tells_the_right_password_from_others(passwords: Passwords) -> None:
    kept = await passwords.hash("a long pass phrase", passwords.new_start())
    assert kept.startswith("$argon2id$")
    assert "pass phrase" not in kept
    assert await passwords.verify("a long pass phrase", kept)
    assert not await passwords.verify("a long pass phrasE", kept)
    assert not await passwords.verify("a long pass phrase", "no hash")


class Watching(PasswordHasher):
    """Notes how nice the thread is in which it verifies."""

    niceness: int | None = None

    def verify(self, *arguments: Any) -> Literal[True]:
        self.niceness = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        return super().verify(*arguments)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priority of their own")
async def test_hashing_gives_way_to_all_else() -> None:
    hasher = Watching(time_cost=1, memory_cost=8, parallelism=1)
    with contextlib.closing(Passwords(hasher)) as passwords:
        assert await passwords.verify("a long pass phrase", await passwords.hash("a long pass phrase", None))
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert hasher.niceness == max(own, 10)


def test_a_hash_takes_what_is_asked_of_argon2id_and_one_thread() -> None:
    """OWASP's Password Storage Cheat Sheet: 46 MiB with one pass, or what costs as much."""
    with contextlib.closing(Passwords()) as passwords:
        kept = extract_parameters(f"{passwords.new_start()}${'A' * 43}")
    assert kept.memory_cost * kept.time_cost >= 46 * 1024
    assert kept.parallelism == 1


async def test_the_same_letters_in_another_encoding_are_the_same_password(passwords: Passwords) -> None:
    kept = await passwords.hash("A\u030ase likes cafe\u0301", passwords.new_start())
    assert await passwords.verify("Åse likes café", kept)


async def test_one_hash_finds_a_password_among_those_that_begin_alike(passwords: Passwords) -> None:
    start = passwords.new_start()
    kept = [await passwords.hash(password, start) for password in ("a long pass phrase", "another phrase")]
    assert {start_of(password_hash) for password_hash in kept} == {start}
    assert await passwords.hash("another phrase", start) == kept[1]
    assert await passwords.hash("another phrase", passwords.new_start()) not in kept
    assert start_of(await passwords.hash("another phrase", None)) != start


async def test_hashes_are_made_as_they_begin_and_weaker_ones_are_told(passwords: Passwords) -> None:
    weaker = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, salt_len=8, hash_len=16))
    start = weaker.new_start()
    weaker.close()
    kept = await passwords.hash("a long pass phrase", start)
    assert start_of(kept) == start
    assert await passwords.verify("a long pass phrase", kept)
    assert passwords.is_outdated(kept)
    assert not passwords.is_outdated(await passwords.hash("a long pass phrase", passwords.new_start()))


async def test_many_of_one_address_keep_nobody_at_another_waiting(passwords: Passwords) -> None:
    done: list[str] = []

    async def sign_up_at(address: str) -> None:
        ORIGIN.set(Origin(address))
        await passwords.hash("a long pass phrase", None)
        done.append(address)

    # Of IPv6 a client has all addresses of a network.
    crowd = [sign_up_at(f"2001:db8::{number:x}") for number in range(40)]
    await asyncio.gather(*crowd, sign_up_at("2001:db8:0:1::1"))
    assert done.index("2001:db8:0:1::1") < 10


@pytest.mark.parametrize(
    ("email", "kept"),
    [
        ("ada@example.com", "ada@example.com"),
        (" Ada.Lovelace+1@Example.COM ", "ada.lovelace+1@example.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ],
)
def test_one_spelling_of_an_email_is_kept(email: str, kept: str) -> None:
    assert normalised(email) == kept


@pytest.mark.parametrize(
    "email",
    [
        "", "@", "ada", "ada@", "@example.com", "ada@localhost", "a b@example.com", "a@b@example.com",
        "ada@exa mple.com", "ada@-example.com", "ada@example..com", "ada@example.com\n", "adа@example.com",
        "a" * 65 + "@example.com", "ada@" + "x" * 64 + ".com", "a\0b@example.com",
        # Of 2003 and of today these are two domains.
        "ada@faß.example", "ada@FAẞ.example", "ada@ας.example", "ada@a\u200db.example",
    ],
)  # fmt: skip
def test_what_is_no_email_is_refused(email: str) -> None:
    with pytest.raises(CodedError) as caught:
        normalised(email)
    assert (caught.value.code.name, caught.value.details["field"]) == ("invalid_field", "email")


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    assert access_token_key(secrets).thumbprint() == access_token_key(secrets).thumbprint()
    assert refresh_token_key(secrets) == refresh_token_key(secrets)
    assert len(refresh_token_key(secrets)) == 32
    names = sorted(path.name for path in secrets.iterdir())
    assert names == ["access-token.pem", "refresh-token.key"]
    for name in names:
        assert stat.S_IMODE((secrets / name).stat().st_mode) == 0o600
