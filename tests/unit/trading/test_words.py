"""The description says of each closed set of words what it has, as the core's numbers have it."""

from __future__ import annotations

from enum import IntEnum

import msgspec
import pytest

from cse.domain import enumerations
from cse.domain.orders import word
from cse.trading import models


@pytest.mark.parametrize(
    ("body", "field", "kind"),
    [
        (models.NewOrder, "side", enumerations.Side),
        (models.NewOrder, "type", enumerations.OrderType),
        (models.NewOrder, "time_in_force", enumerations.TimeInForce),
        (models.NewOrder, "self_trade_prevention", enumerations.SelfTradePrevention),
        (models.Order, "side", enumerations.Side),
        (models.Order, "type", enumerations.OrderType),
        (models.Order, "time_in_force", enumerations.TimeInForce),
        (models.Order, "self_trade_prevention", enumerations.SelfTradePrevention),
        (models.Order, "close_reason", enumerations.CloseReason),
        (models.Order, "trigger", enumerations.TriggerPhase),
        (models.PreventedTrade, "self_trade_prevention", enumerations.SelfTradePrevention),
        (models.NewOrderList, "kind", enumerations.OrderListKind),
        (models.Replacement, "mode", enumerations.ReplaceMode),
        (models.CancelQuery, "side", enumerations.Side),
    ],
)
def test_each_word_is_told(body: type[msgspec.Struct], field: str, kind: type[IntEnum]) -> None:
    _, schemas = msgspec.json.schema_components([body])
    told = schemas[body.__name__]["properties"][field]
    words = told.get("enum") or told["anyOf"][0]["enum"]
    assert sorted(words) == sorted(word(member) for member in kind)


def test_another_word_is_left_to_its_own_refusal() -> None:
    body = b'{"market":"A-B","side":"up","type":"none"}'
    assert msgspec.json.decode(body, type=models.NewOrder).side == "up"
