"""What routes of the gateway are made of, as Caddy has it: one word for each of its handlers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

Route: TypeAlias = dict[str, Any]
Handler: TypeAlias = dict[str, Any]

# For how long an answer is good without asking again.
FOREVER: Final = "public, max-age=31536000, immutable"
AN_HOUR: Final = "public, max-age=3600"
ASK_AGAIN: Final = "no-cache"


def terminal(matches: Sequence[Mapping[str, Any]], *handlers: Handler) -> Route:
    """The route of what fits one of `matches`, after which no other is looked at."""
    return {"match": [dict(match) for match in matches], "handle": list(handlers), "terminal": True}


def headers(values: Mapping[str, str]) -> Handler:
    """Sets headers of the answer."""
    return {"handler": "headers", "response": {"set": {name: [value] for name, value in values.items()}}}


def answer(status: int | str, values: Mapping[str, str], body: str | None = None) -> Handler:
    """Answers by itself, with headers and perhaps a body."""
    said = {} if body is None else {"body": body}
    given = {name: [value] for name, value in values.items()}
    return {"handler": "static_response", "status_code": status, "headers": given, **said}


def redirect(target: str, status: int) -> Handler:
    """Sends who asks elsewhere."""
    return answer(status, {"Location": target})


def rewrite(target: str) -> Handler:
    """Goes on as if another path had been asked for."""
    return {"handler": "rewrite", "uri": target}


def map_to(source: str, name: str, mappings: Sequence[Mapping[str, Any]], default: str) -> Handler:
    """Sets a name to what stands for a value in a table."""
    return {
        "handler": "map",
        "source": source,
        "destinations": [name],
        "mappings": list(mappings),
        "defaults": [default],
    }


def subroute(*routes: Route) -> Handler:
    """Goes through routes of its own."""
    return {"handler": "subroute", "routes": list(routes)}


def compress(minimum_bytes: int | None = None) -> Handler:
    """Compresses what is compressed well, from so many bytes on."""
    least = {} if minimum_bytes is None else {"minimum_length": minimum_bytes}
    encodings: dict[str, Any] = {"zstd": {}, "gzip": {}}
    return {"handler": "encode", "encodings": encodings, "prefer": ["zstd", "gzip"], **least}


def file_server(root: Path, **options: Any) -> Handler:
    """Answers with the file of the path below a directory."""
    return {"handler": "file_server", "root": str(root), "canonical_uris": False, **options}
