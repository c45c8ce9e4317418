"""From what a request says to an indicator and all its parameters."""

from __future__ import annotations

import re
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.indicators.definitions import Indicator, Parameter
from cse.marketdata.indicators.table import INDICATORS

_SHOWN_MAX: Final = 32
_WHOLE: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_DECIMAL: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)


def chosen_indicator(name: str) -> Indicator:
    """The indicator of this name. Raises `CodedError` missing_field, indicator_unknown."""
    if not name:
        raise CodedError(codes.MISSING_FIELD, field="name")
    found = INDICATORS.get(name)
    if found is None:
        raise CodedError(codes.INDICATOR_UNKNOWN, field="name", indicator=name[:_SHOWN_MAX])
    return found


def chosen_parameters(indicator: Indicator, text: str) -> dict[str, float]:
    """The values of all parameters, where `text` names some as `length:14,multiplier:2.5`.

    Raises:
        CodedError: `invalid_parameter`.
    """
    values = indicator.defaults()
    known = {parameter.name: parameter for parameter in indicator.parameters}
    named: set[str] = set()
    for part in text.split(",") if text else []:
        name, _, value = part.partition(":")
        if name not in known:
            raise _refused(indicator, name, f"it has {', '.join(known) or 'none'}")
        if name in named:
            raise _refused(indicator, name, "it stands twice")
        named.add(name)
        values[name] = _number(indicator, known[name], value)
    return values


def _number(indicator: Indicator, parameter: Parameter, text: str) -> float:
    form = _WHOLE if parameter.whole else _DECIMAL
    value = float(text) if form.fullmatch(text) else None
    if value is None or not parameter.least <= value <= parameter.greatest:
        kind = "whole" if parameter.whole else "decimal"
        bounds = f"{parameter.least:g} to {parameter.greatest:g}"
        raise _refused(indicator, parameter.name, f"a {kind} number from {bounds} is meant")
    return int(value) if parameter.whole else value


def _refused(indicator: Indicator, name: str, reason: str) -> CodedError:
    return CodedError(
        codes.INVALID_PARAMETER,
        field="parameters",
        parameter=name[:_SHOWN_MAX] or "A blank",
        indicator=indicator.name,
        reason=reason,
    )
