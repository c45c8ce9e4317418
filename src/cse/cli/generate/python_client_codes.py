"""Renders the catalogue of codes for the Python client: a name each, and the stage that refuses."""

from __future__ import annotations

from typing import Final

from cse.cli.generate.codes import Catalogue

_HEAD: Final = '''\
"""The codes of refusals. Generated from the exchange's catalogue by `./cse generate`; do not edit."""

# ruff: noqa: S105

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

'''


def python(catalogue: Catalogue) -> str:
    """`cse_client/codes.py`."""
    names = [f'{entry.name.upper()}: Final = "{entry.name}"' for entry in catalogue]
    bands = [f'        {entry.name.upper()}: "{entry.band}",' for entry in catalogue]
    table = [
        "# The stage that refuses, by code.",
        "BANDS: Final[Mapping[str, str]] = MappingProxyType(",
        "    {",
        *bands,
        "    }",
        ")",
    ]
    return _HEAD + "\n".join([*names, "", *table]) + "\n"
