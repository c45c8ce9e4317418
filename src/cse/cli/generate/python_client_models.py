"""Renders the OpenAPI document's types as msgspec structs for the Python client."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

Schema = Mapping[str, Any]
Enumerations = dict[tuple[str, ...], str]

_PLAIN: Final = {"string": "str", "integer": "int", "boolean": "bool", "number": "float"}
# Queries are the methods' arguments, and what has no fields is no type.
_LEFT_OUT: Final = ("Query", "Nothing")
_LINE_MAX: Final = 110
_HEAD: Final = '''\
"""What the API takes and gives. Generated from its OpenAPI document by `./cse generate`; do not edit.

Amounts are decimal text, ids and sequences are text, times are RFC 3339 in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

# To type checkers a word is one of those that are known. Any other is taken as it comes, so that a
# client goes on reading when the exchange learns a new one.
'''


def python(document: Schema) -> str:
    """`cse_client/models.py`: a struct for each type of the document, in the document's order."""
    schemas: dict[str, Schema] = {
        name: schema
        for name, schema in document["components"]["schemas"].items()
        if not name.endswith(_LEFT_OUT)
    }
    requests = set(_names_of_requests(document))
    words = _enumerations(schemas)
    lines = [_HEAD + "if TYPE_CHECKING:"]
    lines += [_literal(name, values) for values, name in words.items()]
    lines += ["else:", *(f"    {name} = str" for name in words.values()), "", ""]
    structs = [_struct(schema, words, is_request=name in requests) for name, schema in schemas.items()]
    lines += ["\n\n\n".join(structs)]
    return "\n".join(lines) + "\n"


def _literal(name: str, values: tuple[str, ...]) -> str:
    """The words under a name, one a line where they are too many for one."""
    line = f"    {name} = Literal[{_quoted(values)}]"
    if len(line) <= _LINE_MAX:
        return line
    return "\n".join([f"    {name} = Literal[", *(f"        {_quoted((one,))}," for one in values), "    ]"])


def _names_of_requests(document: Schema) -> Iterator[str]:
    for operations in document["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            if json := content.get("application/json"):
                yield json["schema"]["$ref"].rpartition("/")[2]


def _enumerations(schemas: Mapping[str, Schema]) -> Enumerations:
    """A name for each set of words: the field's own where it means the same everywhere."""
    owners: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for struct, schema in schemas.items():
        for field, type_ in schema["properties"].items():
            for values in _word_sets(type_):
                owners.setdefault(values, []).append((struct, field))
    fields = [{field for _, field in found} for found in owners.values()]
    named: Enumerations = {}
    for values, found in owners.items():
        struct, field = found[0]
        is_plain = sum(field in others for others in fields) == 1
        named[values] = _camel(field) if is_plain else struct.removesuffix("View") + _camel(field)
    return named


def _word_sets(type_: Schema) -> Iterator[tuple[str, ...]]:
    if "enum" in type_:
        yield tuple(type_["enum"])
    for part in (*type_.get("anyOf", ()), *([type_["items"]] if type_.get("items") else ())):
        yield from _word_sets(part)


def _struct(schema: Schema, words: Enumerations, *, is_request: bool) -> str:
    options = "frozen=True, kw_only=True" + (", omit_defaults=True" if is_request else "")
    required = set(schema.get("required", ()))
    lines = [f"class {schema['title']}(msgspec.Struct, {options}):", _docstring(schema["description"]), ""]
    for field, type_ in schema["properties"].items():
        line = f"    {field}: {_type(type_, words)}"
        if field not in required:
            line += f" = {_default(type_.get('default'))}"
        lines.append(line)
    return "\n".join(lines)


def _default(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _docstring(description: str) -> str:
    text = inspect.cleandoc(description)
    first, *rest = text.splitlines()
    if not rest:
        return f'    """{first}"""'
    return textwrap.indent(f'"""{text}\n"""', "    ", lambda line: line.strip() != "")


def _type(type_: Schema, words: Enumerations) -> str:
    if reference := type_.get("$ref"):
        return str(reference).rpartition("/")[2]
    if "enum" in type_:
        return words[tuple(type_["enum"])]
    if "anyOf" in type_:
        parts = [_type(part, words) for part in type_["anyOf"] if part.get("type") != "null"]
        return " | ".join([*parts, "None"])
    match type_.get("type"):
        case "array":
            if type_.get("minItems") == type_.get("maxItems") and "minItems" in type_:
                return f"tuple[{', '.join([_type(type_['items'], words)] * type_['minItems'])}]"
            return f"list[{_type(type_['items'], words)}]"
        case "null":
            return "None"
        case "object":
            if of := type_.get("additionalProperties"):
                return f"dict[str, {_type(of, words)}]"
            # What others have standardised, and nobody reads here.
            return "dict[str, object]"
        case plain:
            return _PLAIN[str(plain)]


def _camel(field: str) -> str:
    return "".join(part.capitalize() for part in field.split("_"))


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f'"{value}"' for value in values)
