"""Words and ids of the API mean one thing each, and nothing like them is taken for them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from cse.domain import codes
from cse.domain.accounts import TransferReason
from cse.domain.enumerations import SelfTradePrevention, Side
from cse.domain.errors import CodedError
from cse.domain.ids import (
    parse_account,
    parse_client_order_id,
    parse_order_id,
    parse_trade_id,
    parse_uuid,
    parse_uuid_cursor,
    read_uuid,
)
from cse.domain.lines import parse_name, parse_reason
from cse.domain.orders import parse_side, word

REFUSED: list[tuple[Callable[[Any], object], object, str]] = [
    (parse_side, "buy ", "invalid_side"),
    (parse_side, "BUY", "invalid_side"),
    (parse_side, 1, "invalid_side"),
    (parse_side, None, "invalid_side"),
    (parse_order_id, "0", "order_unknown"),
    (parse_order_id, "01", "order_unknown"),
    (parse_order_id, "-1", "order_unknown"),
    (parse_order_id, "٣", "order_unknown"),
    (parse_order_id, str(1 << 53), "order_unknown"),
    (parse_order_id, 5, "order_unknown"),
    (parse_account, str(1 << 32), "account_unknown"),
    (parse_account, "main", "account_unknown"),
    (partial(parse_trade_id, field="after"), "-1", "invalid_field"),
    (partial(parse_trade_id, field="after"), "00", "invalid_field"),
    (partial(parse_trade_id, field="after"), "1e3", "invalid_field"),
    (partial(parse_trade_id, field="after"), str(1 << 63), "invalid_field"),
    (parse_client_order_id, "", "invalid_client_order_id"),
    (parse_client_order_id, "a" * 37, "invalid_client_order_id"),
    (parse_client_order_id, "a b", "invalid_client_order_id"),
    (parse_client_order_id, "é", "invalid_client_order_id"),
    (parse_client_order_id, "a\n", "invalid_client_order_id"),
    (parse_client_order_id, 7, "invalid_client_order_id"),
    (parse_uuid, "", "not_found"),
    (parse_uuid, "7", "not_found"),
    (parse_uuid_cursor, "0190a6f2-0000-7000-8000-00000000000", "invalid_cursor"),
    (parse_name, " ", "invalid_field"),
    (parse_name, "a" * 41, "invalid_field"),
    (parse_name, "a\u202eb", "invalid_field"),
    (parse_reason, "a" * 201, "invalid_field"),
]


@pytest.mark.parametrize(("parse", "value", "code"), REFUSED)
def test_refuses_all_but_the_exact_word(parse: Callable[[Any], object], value: object, code: str) -> None:
    with pytest.raises(CodedError) as refused:
        parse(value)
    assert refused.value.code.name == code


def test_reads_words_and_ids() -> None:
    assert parse_side("sell") is Side.SELL
    assert word(SelfTradePrevention.CANCEL_NEWEST) == "cancel_newest"
    assert parse_order_id(str((1 << 53) - 1)) == (1 << 53) - 1
    assert parse_account("4294967295") == 4_294_967_295
    assert parse_client_order_id("a" * 36) == "a" * 36
    assert parse_client_order_id("A.z_0:/-") == "A.z_0:/-"


def test_a_uuid_is_read_in_any_spelling() -> None:
    wanted = UUID("0190a6f2-0000-7000-8000-000000000001")
    assert (
        read_uuid(str(wanted)) == parse_uuid(wanted.hex) == parse_uuid_cursor(str(wanted).upper()) == wanted
    )
    assert read_uuid("somebody") is None


def test_blanks_of_a_line_are_one_and_stand_within_it() -> None:
    assert parse_name("  Ada \n Lovelace ") == "Ada Lovelace"
    assert parse_reason("a " * 100) == " ".join("a" * 100)


def test_a_code_is_found_by_its_number() -> None:
    assert codes.BY_NUMBER[301] is codes.INSUFFICIENT_FUNDS
    assert all(codes.BY_NUMBER[code.number] is code for code in codes.CODES)


def test_only_what_may_have_been_carried_out_leaves_money_unknown() -> None:
    unknown = {code.name for code in codes.CODES if code.money == "unknown"}
    assert unknown == {"outcome_unknown", "internal_error", "signature_repeated"}


def test_a_reason_of_a_transfer_fits_its_field_and_is_never_zero() -> None:
    assert all(0 < reason < 1 << 16 for reason in TransferReason)
