"""Secrets open with their key and where they belong, and nowhere else."""

from __future__ import annotations

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cse.runtime.encryption import (
    ENVIRONMENT,
    Encryption,
    InvalidEncryptionKeys,
    ListedKeys,
    SealBroken,
    encryption_keys,
)

OLD = "old:" + base64.b64encode(b"o" * 32).decode()
NEW = "new:" + base64.b64encode(b"n" * 32).decode()
SECRET = b"nobody is to read this"


def encryption(*entries: str) -> Encryption:
    return Encryption(ListedKeys(",".join(entries)))


def test_a_secret_opens_again_and_is_sealed_anew_each_time() -> None:
    one = encryption(NEW)
    sealed = [one.seal(SECRET, context=b"row 1") for _ in range(2)]
    assert [one.open(each, context=b"row 1") for each in sealed] == [SECRET, SECRET]
    assert sealed[0] != sealed[1]
    assert SECRET not in sealed[0]


def test_it_opens_where_it_belongs_only() -> None:
    one = encryption(NEW)
    sealed = one.seal(SECRET, context=b"row 1")
    with pytest.raises(SealBroken):
        one.open(sealed, context=b"row 2")


def test_every_byte_of_it_counts() -> None:
    one = encryption(NEW, OLD)
    sealed = one.seal(SECRET, context=b"row 1")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            one.open(bytes(changed), context=b"row 1")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            one.open(sealed[:length], context=b"row 1")


def test_keys_can_be_changed() -> None:
    sealed = encryption(OLD).seal(SECRET, context=b"")
    both = encryption(NEW, OLD)
    assert both.open(sealed, context=b"") == SECRET
    assert not both.is_current(sealed)
    assert both.is_current(both.seal(SECRET, context=b""))
    with pytest.raises(SealBroken, match="old"):
        encryption(NEW).open(sealed, context=b"")


@pytest.mark.parametrize(
    "text", ["", "no key", "id:", f"{OLD}x", "id:c2hvcnQ=", f"{OLD},{OLD}", f"a/b:{OLD[4:]}", f":{OLD[4:]}"]
)
def test_lists_that_are_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InvalidEncryptionKeys) as refusal:
        ListedKeys(text)
    assert OLD[4:] not in str(refusal.value)


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    assert encryption_keys(tmp_path, {ENVIRONMENT: f"{NEW}\n{OLD}"}).current()[0] == "new"
    assert not list(tmp_path.iterdir())


def test_all_who_start_together_have_the_same_key_of_the_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: encryption_keys(tmp_path / "secrets", {}).current(), range(8)))
    assert len(keys) == 1
    (file,) = (tmp_path / "secrets").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
