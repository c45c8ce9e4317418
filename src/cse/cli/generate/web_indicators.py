"""Renders the list of indicators for the web app."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

PATH: Final = "web/src/features/indicators/generated/list.ts"

_HEAD: Final = """\
// The list of indicators. Generated from the exchange's table by `./cse generate`; do not edit.

import type { IndicatorEntry } from "../entry";

export const LIST = [
"""
_FOOT: Final = "] as const satisfies readonly IndicatorEntry[];\n"


def typescript(views: Sequence[dict[str, Any]]) -> str:
    """`list.ts`: an entry for each of what `GET /api/indicators` lists; their words are the app's."""
    return _HEAD + "".join(f"  {json.dumps(_entry(view))},\n" for view in views) + _FOOT


def _entry(view: dict[str, Any]) -> dict[str, Any]:
    return {key: view[key] for key in ("name", "family", "drawn", "parameters", "outputs", "warm_up")}
