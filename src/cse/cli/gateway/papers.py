"""The routes of the papers that programs are written by: the sources' own, as they stood at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cse.cli.bootstrap.papers import PAPERS
from cse.cli.gateway.handlers import (
    ASK_AGAIN,
    Route,
    compress,
    file_server,
    headers,
    map_to,
    rewrite,
    subroute,
    terminal,
)
from cse.cli.gateway.refusals import problem
from cse.domain import codes

PATHS: Final = ("/papers", "/papers/*")


def paper_routes(directory: Path) -> list[Route]:
    """`/papers/NAME.md` is the file `NAME.md` of the directory, for each name that there is."""
    named = [{"input": f"/papers/{name}.md", "outputs": [f"/{name}.md"]} for name in PAPERS]
    find = map_to("{http.request.uri.path}", "{cse_paper}", named, "")
    known = {
        "method": ["GET", "HEAD"],
        "file": {"root": str(directory), "try_files": ["{cse_paper}"]},
        "not": [{"vars": {"{cse_paper}": [""]}}],
    }
    found = terminal(
        [known],
        compress(),
        headers({"Cache-Control": ASK_AGAIN, "Content-Type": "text/markdown; charset=utf-8"}),
        rewrite("{http.matchers.file.relative}"),
        file_server(directory, index_names=[]),
    )
    served = subroute({"handle": [find]}, found, {"handle": [problem(codes.NOT_FOUND)]})
    return [terminal([{"path": list(PATHS)}], served)]
