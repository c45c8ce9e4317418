"""What the TypeScript client is generated from."""

from pathlib import Path

import pytest

from cse.cli.generate import codes, command, typescript_client, wire

needs_workspace = pytest.mark.skipif(
    typescript_client.program(command.ROOT) is None, reason="the npm workspace is not installed"
)


@needs_workspace
def test_types_of_the_api_are_not_stale() -> None:
    files = command.rendered_api(command.describe_api(command.ROOT))
    assert command.stale_files(command.ROOT, files) == []


def test_codes_come_without_their_sentences(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(
        '[odd]\nnumber = 101\nband = "request"\nstatus = 400\nretryable = false\nmoney = "none"\n'
        'sentence = "Such as \\"12.5\\"."\n'
    )
    text = typescript_client.codes(codes.read_catalogue(path))
    assert '  odd: { band: "request", status: 400, retryable: false, money: "none" },\n' in text


def test_bounds_are_big_integers() -> None:
    names = (
        "PRICE_LIMIT", "QUANTITY_LIMIT", "SUPPLY_LIMIT", "PPM", "TRADES_MAX", "CANCELS_MAX",
        "CLIENT_ORDER_ID_MAX",
    )  # fmt: skip
    layouts = wire.Description((), (), tuple((name, 1 << 40) for name in names))
    assert "export const PRICE_LIMIT = 1099511627776n;\n" in typescript_client.limits(layouts)
