"""The Python client's types follow from the API's document."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import msgspec
import pytest

from cse.cli.generate import codes, command, python_client_codes, python_client_models

DOCUMENT: dict[str, Any] = {
    "paths": {
        "/api/things": {
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}
                }
            }
        }
    },
    "components": {
        "schemas": {
            "ThingsQuery": {"title": "ThingsQuery", "description": "Left out.", "properties": {}},
            "NewThing": {
                "title": "NewThing",
                "description": "A thing to be made.",
                "properties": {
                    "name": {"type": "string"},
                    "size": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None},
                },
                "required": ["name"],
            },
            "Thing": {
                "title": "Thing",
                "description": "A thing.\n\n    And more of it.",
                "properties": {
                    "side": {"enum": ["buy", "sell"]},
                    "status": {"enum": ["new", "old"]},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/PartView"}},
                    "level": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
                },
                "required": ["side", "status", "parts", "level"],
            },
            "PartView": {
                "title": "PartView",
                "description": "A part.",
                "properties": {"side": {"enum": ["buy", "sell"]}, "status": {"enum": ["on", "off"]}},
                "required": ["side", "status"],
            },
        }
    },
}


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Any:
    module = ModuleType("rendered_models")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(python_client_models.python(DOCUMENT), module.__name__, "exec"), vars(module))
    return module


def test_only_what_is_taken_and_given_is_a_type(models: Any) -> None:
    assert {"NewThing", "Thing", "PartView"} <= vars(models).keys()
    assert not hasattr(models, "ThingsQuery")


def test_words_are_named_by_their_field_where_that_is_plain() -> None:
    text = python_client_models.python(DOCUMENT)
    assert 'Side = Literal["buy", "sell"]' in text
    assert 'ThingStatus = Literal["new", "old"]' in text
    assert 'PartStatus = Literal["on", "off"]' in text


def test_a_request_leaves_out_what_was_not_said(models: Any) -> None:
    assert msgspec.json.encode(models.NewThing(name="x")) == b'{"name":"x"}'


def test_an_answer_may_have_words_and_fields_that_are_new(models: Any) -> None:
    raw = (
        b'{"side":"both","status":"new","parts":[{"side":"buy","status":"off"}],"level":["1","2"],"later":1}'
    )
    found = msgspec.json.decode(raw, type=models.Thing)
    assert (found.side, found.level, found.parts[0].status) == ("both", ("1", "2"), "off")
    assert found.__doc__ == "A thing.\n\n    And more of it.\n    "


def test_codes_keep_their_stage() -> None:
    text = python_client_codes.python(codes.read_catalogue(command.ROOT / "codes.toml"))
    assert 'INSUFFICIENT_FUNDS: Final = "insufficient_funds"' in text
    assert '        INSUFFICIENT_FUNDS: "funds",' in text
