"""The API's page shows what a body may have, and a line to try for each of its examples."""

from __future__ import annotations

from typing import Annotated

import msgspec

from cse.runtime.http.openapi import document
from cse.runtime.http.pages import docs_page
from cse.runtime.http.route import Access, Call, Example, Nothing, Reply, Route


class Part(msgspec.Struct):
    """One of a list."""

    price: str
    quantity: str


class Parts(msgspec.Struct):
    """A body with a list, and a number with words for its bounds."""

    parts: Annotated[list[Part], msgspec.Meta(min_length=2, max_length=3)]
    wait_ms: Annotated[int, msgspec.Meta(ge=0, description="0, or 1000 to 2000")] = 0
    count: Annotated[int, msgspec.Meta(ge=1, le=5)] = 1
    names: list[str] | None = None


async def handle(_: Call[Parts, Nothing]) -> Reply:
    return Reply(b"{}")


EXAMPLES = (
    Example("two", "two parts", {"parts": [{"price": "1", "quantity": "2"}] * 2}),
    Example(
        "waiting", "two parts & a wait", {"parts": [{"price": "1", "quantity": "2"}] * 2, "wait_ms": 1000}
    ),
)
ROUTE = Route(
    "POST", "/api/parts", Access.EVERYONE, "Takes parts.", None,
    handler=handle, request=Parts, examples=EXAMPLES,
)  # fmt: skip


def test_lists_and_bounds_are_shown_as_they_are() -> None:
    page = docs_page([ROUTE], "http://here").decode()
    assert "<td>list of 2 to 3: {price, quantity}" in page
    assert "<td>0, or 1000 to 2000; else 0" in page
    assert "<td>1 to 5; else 1" in page
    assert "<td>list of text" in page


def test_each_example_is_a_line_to_try() -> None:
    page = docs_page([ROUTE], "http://here").decode()
    assert "# two parts\ncurl -s http://here/api/parts" in page
    assert "# two parts &amp; a wait\ncurl" in page
    assert page.count("-d &#x27;{&quot;parts&quot;:[{&quot;price&quot;:&quot;1&quot;") == len(EXAMPLES)


def test_examples_stand_in_the_description_for_programs() -> None:
    described = document([ROUTE], "1")["paths"]["/api/parts"]["post"]["requestBody"]
    examples = described["content"]["application/json"]["examples"]
    assert examples["two"] == {"summary": "two parts", "value": EXAMPLES[0].body}
    assert [msgspec.convert(one["value"], Parts).wait_ms for one in examples.values()] == [0, 1000]
