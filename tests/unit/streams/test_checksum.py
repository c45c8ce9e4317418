"""The checksum is the one that the documentation describes."""

import zlib

import pytest

from cse.streams.checksum import checksum

TEN = [(f"1.{place:02}", "5.0") for place in range(10)]


@pytest.mark.parametrize(
    ("bids", "asks", "text"),
    [
        ([], [], "|"),
        ([("1.50", "3.0")], [], "1.50:3.0|"),
        ([], [("1.50", "3.0")], "|1.50:3.0"),
        ([("1.50", "3.0"), ("1.49", "2.5")], [("1.51", "7.0")], "1.50:3.0,1.49:2.5|1.51:7.0"),
    ],
)
def test_of_levels(bids: list[tuple[str, str]], asks: list[tuple[str, str]], text: str) -> None:
    assert checksum(bids, asks) == zlib.crc32(text.encode())


def test_the_example_of_the_documentation() -> None:
    assert checksum([("0.04201", "4281.9"), ("0.04200", "12.0")], [("0.04203", "77.5")]) == 227038151


def test_only_the_best_ten_count() -> None:
    assert checksum([*TEN, ("0.5", "1")], [*TEN, ("9.5", "1")]) == checksum(TEN, TEN)
    assert checksum(TEN, TEN) != checksum(TEN[:9], TEN)
