"""What a session is used with, out of the text that clients send as `User-Agent`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

USER_AGENT_MAX: Final = 256

# The first mark that is found counts: most browsers also claim to be the ones before them.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
)
_PLATFORMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
# A program's own name, as `python-httpx/0.28`.
_PROGRAM: Final = re.compile(r"([A-Za-z][A-Za-z0-9._-]{0,39})(?:/|$)", re.ASCII)


class Device(NamedTuple):
    """A browser or program and the system under it; None what could not be told."""

    client: str | None
    platform: str | None


def kept_user_agent(raw: bytes) -> str:
    """The header as it is kept: what can be shown of it, at most `USER_AGENT_MAX` characters."""
    text = raw[: 4 * USER_AGENT_MAX].decode("utf-8", "replace")
    return "".join(character for character in text if character.isprintable())[:USER_AGENT_MAX]


def device_of(user_agent: str) -> Device:
    """The device that a client claims; whoever writes the header can claim any."""
    if user_agent.startswith("Mozilla/"):
        return Device(_first(_BROWSERS, user_agent), _first(_PLATFORMS, user_agent))
    program = _PROGRAM.match(user_agent)
    return Device(None if program is None else program[1], _first(_PLATFORMS, user_agent))


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for mark, name in marks if mark in text), None)
