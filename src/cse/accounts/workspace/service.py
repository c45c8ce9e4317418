"""Use cases of a workspace: listed, read, kept."""

from __future__ import annotations

from cse.accounts.workspace import store
from cse.accounts.workspace.models import (
    NAME,
    NAMES_MAX,
    TEXT_MAX_BYTES,
    WORKSPACE_MAX_BYTES,
    KeptNames,
    KeptText,
    NewKeptText,
)
from cse.accounts.workspace.store import Kept
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool


class PersonWorkspace:
    """The workspace of whoever asks. What is written there is the app's own; nobody here reads it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def names(self, caller: Caller) -> KeptNames:
        """All names, each with its version."""
        async with self._pool.connection() as connection:
            return KeptNames(await store.names(connection, caller.person))

    async def of(self, caller: Caller, name: str) -> KeptText:
        """What is kept under a name: version 0 and an empty text where there is nothing.

        Raises:
            CodedError: `invalid_field` for what is no name.
        """
        _check_name(name)
        async with self._pool.connection() as connection:
            return _view(await store.of(connection, caller.person, name) or _nothing(name))

    async def keep(self, caller: Caller, name: str, asked: NewKeptText) -> KeptText:
        """Keeps a text in the place of the one that was seen; an empty one takes the name away.

        What is there already is given again: an answer may have been lost.

        Raises:
            CodedError: `version_outdated` where another device has changed it since; `workspace_full`;
                `invalid_field`.
        """
        _check_name(name)
        _check_text(asked.text)
        async with self._pool.connection() as connection:
            await store.lock_person(connection, caller.person)
            before = await store.of(connection, caller.person, name) or _nothing(name)
            if _is_there(before, asked):
                return _view(before)
            if before.version != asked.version:
                raise CodedError(codes.VERSION_OUTDATED)
            if not asked.text:
                await store.remove(connection, caller.person, name)
                return _view(_nothing(name))
            await _check_room(connection, caller, name, asked.text)
            kept = Kept(name, asked.version + 1, asked.text, wall_us())
            await store.keep(connection, caller.person, kept)
        return _view(kept)


def _is_there(before: Kept, asked: NewKeptText) -> bool:
    return before.text == asked.text and before.version in (0, asked.version, asked.version + 1)


def _check_name(name: str) -> None:
    if NAME.fullmatch(name) is None:
        reason = "expected a small letter and up to 95 letters, digits, dots and hyphens"
        raise CodedError(codes.INVALID_FIELD, field="name", reason=reason)


def _check_text(text: str) -> None:
    if len(text.encode()) > TEXT_MAX_BYTES:
        raise CodedError(codes.INVALID_FIELD, field="text", reason=f"expected at most {TEXT_MAX_BYTES} bytes")
    # PostgreSQL keeps none of these in a text.
    if "\x00" in text:
        raise CodedError(codes.INVALID_FIELD, field="text", reason="expected no character U+0000")


async def _check_room(connection: Connected, caller: Caller, name: str, text: str) -> None:
    others = await store.extent_beside(connection, caller.person, name)
    size_bytes = others.size_bytes + len(name.encode()) + len(text.encode())
    if others.names >= NAMES_MAX or size_bytes > WORKSPACE_MAX_BYTES:
        raise CodedError(codes.WORKSPACE_FULL, names=NAMES_MAX, bytes=WORKSPACE_MAX_BYTES)


def _nothing(name: str) -> Kept:
    return Kept(name, 0, "", 0)


def _view(kept: Kept) -> KeptText:
    changed_at = format_time(kept.changed_at_us) if kept.version else None
    return KeptText(kept.name, kept.version, kept.text, changed_at)
