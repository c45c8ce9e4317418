"""The routes of files that services write for everybody: the trades of each day."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cse.cli.gateway.handlers import ASK_AGAIN, FOREVER, Route, file_server, headers, subroute, terminal
from cse.cli.gateway.refusals import problem
from cse.domain import codes

PATHS: Final = ("/files", "/files/*")
# A file of a day never changes; what lists them does.
_INDEXES: Final = "*/index.json"
_BEGUN: Final = r"/\."


def file_routes(files: Path) -> list[Route]:
    """`/files/...` is what lies below `files`, but for what is not finished yet."""
    cached = subroute(
        {"match": [{"path": [_INDEXES]}], "handle": [headers({"Cache-Control": ASK_AGAIN})]},
        {"match": [{"not": [{"path": [_INDEXES]}]}], "handle": [headers({"Cache-Control": FOREVER})]},
    )
    finished = {
        "file": {"root": str(files), "try_files": ["{http.request.uri.path}"]},
        "not": [{"path_regexp": {"pattern": _BEGUN}}],
    }
    found = terminal([finished], cached, file_server(files, index_names=[], pass_thru=False))
    served = subroute(
        {"handle": [{"handler": "rewrite", "strip_path_prefix": "/files"}]},
        {"match": [{"method": ["GET", "HEAD"]}], "handle": [subroute(found)]},
        {"handle": [problem(codes.NOT_FOUND)]},
    )
    return [terminal([{"path": list(PATHS)}], served)]
