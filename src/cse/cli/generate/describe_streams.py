"""Prints the AsyncAPI document of the sources as they are on the disk."""

from __future__ import annotations

import sys
import tomllib

import msgspec

from cse.cli.generate.command import ROOT
from cse.streams.asyncapi import document

# Where `./cse up` starts an exchange; a running one names its own.
_HOST = "127.0.0.1:8000"

if __name__ == "__main__":
    with (ROOT / "pyproject.toml").open("rb") as project:
        version = tomllib.load(project)["project"]["version"]
    described = msgspec.json.encode(document(version, _HOST))
    sys.stdout.buffer.write(msgspec.json.format(described, indent=2) + b"\n")
