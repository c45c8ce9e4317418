"""Prints the OpenAPI document of the sources as they are on the disk."""

from __future__ import annotations

import sys
import tomllib

from cse.cli.generate.command import ROOT
from cse.services.edge_routes import api_document

if __name__ == "__main__":
    with (ROOT / "pyproject.toml").open("rb") as project:
        version = tomllib.load(project)["project"]["version"]
    sys.stdout.buffer.write(api_document(version))
