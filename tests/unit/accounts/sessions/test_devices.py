"""What a device is called, out of what it says of itself."""

from __future__ import annotations

import pytest

from cse.accounts.sessions.devices import USER_AGENT_MAX, Device, device_of, kept_user_agent

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "client", "platform"),
    [
        (f"{WINDOWS} {CHROME}", "Chrome", "Windows"),
        (f"{WINDOWS} {CHROME} Edg/130.0.0.0", "Edge", "Windows"),
        (f"{WINDOWS} {CHROME} OPR/115.0.0.0", "Opera", "Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-S921B) {CHROME}", "Chrome", "Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Linux"),
        (f"{IPHONE} Version/18.0 Mobile/15E148 Safari/604.1", "Safari", "iPhone"),
        (f"{IPHONE} CriOS/130.0 Mobile/15E148 Safari/604.1", "Chrome", "iPhone"),
        ("Mozilla/5.0 (compatible; SomethingNew/1.0)", None, None),
        ("python-httpx/0.28.1", "python-httpx", None),
        ("curl/8.5.0", "curl", None),
        ("<script>alert(1)</script>", None, None),
        ("", None, None),
    ],
)
def test_devices_by_what_they_claim_to_be(user_agent: str, client: str | None, platform: str | None) -> None:
    assert device_of(user_agent) == Device(client, platform)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b"curl/8.5.0", "curl/8.5.0"),
        (b"a\x00b\x1b[31mc", "ab[31mc"),
        ("a\u202eb".encode(), "ab"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"x" * 100_000, "x" * USER_AGENT_MAX),
    ],
)
def test_what_is_kept_of_the_header_can_be_shown_and_is_short(raw: bytes, kept: str) -> None:
    assert kept_user_agent(raw) == kept
