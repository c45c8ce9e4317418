"""The routes of the papers that programs are written by: the sources' own, as they stood at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cse.cli.bootstrap.papers import PAPERS
from cse.cli.gateway.pages import ASK_AGAIN, Route
from cse.cli.gateway.refusals import problem
from cse.domain import codes

PATHS: Final = ("/papers", "/papers/*")


def paper_routes(directory: Path) -> list[Route]:
    """`/papers/NAME.md` is the file `NAME.md` of the directory, for each name that there is."""
    named = [{"input": f"/papers/{name}.md", "outputs": [f"/{name}.md"]} for name in PAPERS]
    find = {
        "handler": "map",
        "source": "{http.request.uri.path}",
        "destinations": ["{cse_paper}"],
        "mappings": named,
        "defaults": [""],
    }
    headers = {"Cache-Control": [ASK_AGAIN], "Content-Type": ["text/markdown; charset=utf-8"]}
    found: Route = {
        "match": [
            {
                "method": ["GET", "HEAD"],
                "file": {"root": str(directory), "try_files": ["{cse_paper}"]},
                "not": [{"vars": {"{cse_paper}": [""]}}],
            }
        ],
        "handle": [
            {"handler": "encode", "encodings": {"zstd": {}, "gzip": {}}, "prefer": ["zstd", "gzip"]},
            {"handler": "headers", "response": {"set": headers}},
            {"handler": "rewrite", "uri": "{http.matchers.file.relative}"},
            {"handler": "file_server", "root": str(directory), "index_names": [], "canonical_uris": False},
        ],
        "terminal": True,
    }
    served: list[Route] = [{"handle": [find]}, found, {"handle": [problem(codes.NOT_FOUND)]}]
    handle = {"handler": "subroute", "routes": served}
    return [{"match": [{"path": list(PATHS)}], "handle": [handle], "terminal": True}]
