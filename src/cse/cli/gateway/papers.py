"""The routes of the papers that programs are written by: some of the sources' own, as they stand there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cse.cli.gateway.pages import ASK_AGAIN, Route
from cse.cli.gateway.refusals import problem
from cse.domain import codes

PATHS: Final = ("/papers", "/papers/*")
# The names they have for everybody, and where they lie. Nothing else of the sources is served.
PAPERS: Final = {
    "api": "docs/api.md",
    "streams": "docs/api/streams.md",
    "binance": "docs/api/binance.md",
    "freqtrade": "docs/api/freqtrade.md",
    "chart-feed": "docs/api/chart-feed.md",
    "codes": "docs/codes.md",
    "trading-rules": "docs/trading-rules.md",
    "trading-tables": "docs/trading-tables.md",
    "python": "clients/python/README.md",
    "typescript": "clients/typescript/README.md",
    "changelog": "CHANGELOG.md",
}


def paper_routes(root: Path) -> list[Route]:
    """`/papers/NAME.md` is the paper of that name in the sources at `root`."""
    named = [{"input": f"/papers/{name}.md", "outputs": [f"/{path}"]} for name, path in PAPERS.items()]
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
                "file": {"root": str(root), "try_files": ["{cse_paper}"]},
                "not": [{"vars": {"{cse_paper}": [""]}}],
            }
        ],
        "handle": [
            {"handler": "encode", "encodings": {"zstd": {}, "gzip": {}}, "prefer": ["zstd", "gzip"]},
            {"handler": "headers", "response": {"set": headers}},
            {"handler": "rewrite", "uri": "{http.matchers.file.relative}"},
            {"handler": "file_server", "root": str(root), "index_names": [], "canonical_uris": False},
        ],
        "terminal": True,
    }
    served: list[Route] = [{"handle": [find]}, found, {"handle": [problem(codes.NOT_FOUND)]}]
    handle = {"handler": "subroute", "routes": served}
    return [{"match": [{"path": list(PATHS)}], "handle": [handle], "terminal": True}]
