"""The routes of files that services write for everybody: the trades of each day."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cse.cli.gateway.pages import ASK_AGAIN, FOREVER, Route
from cse.cli.gateway.refusals import problem
from cse.domain import codes

PATHS: Final = ("/files", "/files/*")
# A file of a day never changes; what lists them does.
_INDEXES: Final = "*/index.json"
_BEGUN: Final = r"/\."


def file_routes(files: Path) -> list[Route]:
    """`/files/...` is what lies below `files`, but for what is not finished yet."""
    serve = {
        "handler": "file_server",
        "root": str(files),
        "index_names": [],
        "canonical_uris": False,
        "pass_thru": False,
    }
    cached = [
        {"match": [{"path": [_INDEXES]}], "handle": [_cache(ASK_AGAIN)]},
        {"match": [{"not": [{"path": [_INDEXES]}]}], "handle": [_cache(FOREVER)]},
    ]
    found = {
        "match": [
            {
                "file": {"root": str(files), "try_files": ["{http.request.uri.path}"]},
                "not": [{"path_regexp": {"pattern": _BEGUN}}],
            }
        ],
        "handle": [{"handler": "subroute", "routes": cached}, serve],
        "terminal": True,
    }
    served = [
        {"handle": [{"handler": "rewrite", "strip_path_prefix": "/files"}]},
        {"match": [{"method": ["GET", "HEAD"]}], "handle": [{"handler": "subroute", "routes": [found]}]},
        {"handle": [problem(codes.NOT_FOUND)]},
    ]
    handle = {"handler": "subroute", "routes": served}
    return [{"match": [{"path": list(PATHS)}], "handle": [handle], "terminal": True}]


def _cache(how: str) -> dict[str, object]:
    return {"handler": "headers", "response": {"set": {"Cache-Control": [how]}}}
