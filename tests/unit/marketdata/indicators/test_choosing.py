"""Which indicator and which parameters a request asks for."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.indicators.choosing import chosen_indicator, chosen_parameters

MACD = {"fast_length": 12, "slow_length": 26, "signal_length": 9}


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("macd", "", MACD),
        ("macd", "signal_length:5", {**MACD, "signal_length": 5}),
        ("macd", "slow_length:40,fast_length:2", {**MACD, "slow_length": 40, "fast_length": 2}),
        ("supertrend", "multiplier:2.5", {"length": 10, "multiplier": 2.5}),
        ("supertrend", "multiplier:10", {"length": 10, "multiplier": 10}),
        ("bop", "", {}),
    ],
)
def test_what_is_not_named_has_its_default(name: str, text: str, values: dict[str, float]) -> None:
    assert chosen_parameters(chosen_indicator(name), text) == values


@pytest.mark.parametrize(
    "text",
    [
        "length:1", "length:501", "length:", "length", "length:1e2", "length:2.5", "length:-3", "length: 5",
        "length:٥", "length:nan", "length:inf", "length:14,", "length:14,length:15", "width:3", ",", ":5",
        "length:14;x", "length:9999999999", "timeperiod:14",
    ],
)  # fmt: skip
def test_what_is_no_parameter_or_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(CodedError) as raised:
        chosen_parameters(chosen_indicator("sma"), text)
    assert raised.value.code is codes.INVALID_PARAMETER
    assert raised.value.details["field"] == "parameters"


@pytest.mark.parametrize(
    ("name", "code"),
    [("", codes.MISSING_FIELD), ("SMA", codes.INDICATOR_UNKNOWN), ("x" * 99, codes.INDICATOR_UNKNOWN)],
)
def test_an_indicator_has_one_name(name: str, code: codes.Code) -> None:
    with pytest.raises(CodedError) as raised:
        chosen_indicator(name)
    assert raised.value.code is code
    assert len(str(raised.value.details.get("indicator", ""))) <= 32
