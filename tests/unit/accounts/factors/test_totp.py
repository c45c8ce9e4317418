"""Codes as RFC 6238 has them, each in its time and once; and the picture that carries the secret."""

from __future__ import annotations

import base64
import re

import pytest
import segno

from cse.accounts.factors.totp import STEP_S, enrolment_uri, is_code, matching_step, new_secret, qr_path

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("time_s", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_the_codes_of_the_standard(time_s: int, code: str) -> None:
    assert matching_step(RFC_SECRET, code, time_s, 0) == time_s // STEP_S


@pytest.mark.parametrize(
    ("late_s", "taken"), [(-61, False), (-30, True), (0, True), (30, True), (60, False), (86_400, False)]
)
def test_a_code_is_good_one_step_early_and_late(late_s: int, taken: bool) -> None:
    found = matching_step(RFC_SECRET, "005924", 1_234_567_890 + late_s, 0)
    assert found == (1_234_567_890 // STEP_S if taken else None)


def test_a_code_is_not_good_at_or_behind_the_step_of_the_last_one() -> None:
    step = 1_234_567_890 // STEP_S
    assert matching_step(RFC_SECRET, "005924", 1_234_567_890, step - 1) == step
    assert matching_step(RFC_SECRET, "005924", 1_234_567_890, step) is None
    assert matching_step(RFC_SECRET, "005924", 1_234_567_890, step + 1) is None


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666"])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


def test_secrets_have_160_bits_and_are_all_different() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_the_picture_is_that_of_the_address() -> None:
    uri = enrolment_uri(RFC_SECRET, "ada@example.com")
    assert uri.startswith("otpauth://totp/CS%20Exchange:ada%40example.com?")
    size, path = qr_path(uri)
    dark = {
        (int(x) + moved, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", path)
        for moved in range(int(width))
    }
    rows = segno.make_qr(uri, error="m").matrix_iter(border=4)
    assert dark == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert size == len(segno.make_qr(uri, error="m").matrix) + 8
