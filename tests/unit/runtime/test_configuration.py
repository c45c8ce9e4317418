"""What the environment may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from cse.runtime.configuration import Configuration, InvalidConfiguration


def test_an_empty_environment_gives_the_defaults() -> None:
    found = Configuration.from_environment({})
    assert found == Configuration(data=Path("data").absolute())
    assert (found.profile, found.host, found.port) == ("demo", "127.0.0.1", 8000)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Configuration.from_environment({"DATABASE_URL": ""}).database_url is None


def test_a_child_process_gets_the_same_configuration() -> None:
    given = Configuration(
        Path("/srv/cse"), "production", "0.0.0.0", 9000, "postgresql://db/cse", 5433, "debug", demo=False
    )
    assert Configuration.from_environment(given.to_environment()) == given
    served = Configuration(
        Path("/srv/cse"),
        streams=3,
        sockets_per_address=5_000,
        robots=False,
        history_days=0,
        web=Path("/srv/cse-web"),
        origin="https://exchange.example",
        cors_origins=("https://partner.example", "http://localhost:3000"),
        redis_url="rediss://valkey.example:6379/0",
    )
    assert Configuration.from_environment(served.to_environment()) == served


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CSE_PROFILE", "staging"),
        ("CSE_PORT", "65536"),
        ("CSE_PORT", "-1"),
        ("CSE_PORT", "\uff18\uff10"),
        ("CSE_POSTGRES_PORT", "many"),
        ("CSE_LOG_LEVEL", "loud"),
        ("CSE_DEMO", "no"),
        ("CSE_ROBOTS", "yes"),
        ("CSE_STREAMS", "0"),
        ("CSE_STREAMS", "65"),
        ("CSE_SOCKETS_PER_ADDRESS", "0"),
        ("CSE_HISTORY_DAYS", "-1"),
        ("CSE_HISTORY_DAYS", "367"),
        ("CSE_CORS_ORIGINS", "*"),
        ("CSE_CORS_ORIGINS", "null"),
        ("CSE_CORS_ORIGINS", "partner.example"),
        ("CSE_CORS_ORIGINS", "https://partner.example/"),
        ("CSE_CORS_ORIGINS", "https://partner.example, https://*.example/x"),
        ("REDIS_URL", "http://valkey.example"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named(variable: str, value: str) -> None:
    with pytest.raises(InvalidConfiguration, match=variable):
        Configuration.from_environment({variable: value})


@pytest.mark.parametrize(
    ("variables", "lists_demo"),
    [
        ({}, True),
        ({"CSE_DEMO": "0"}, False),
        ({"CSE_PROFILE": "production"}, False),
        ({"CSE_PROFILE": "production", "CSE_DEMO": "1"}, False),
    ],
)
def test_the_demo_is_for_profile_demo_and_can_be_left_out(
    variables: dict[str, str], lists_demo: bool
) -> None:
    assert Configuration.from_environment(variables).lists_demo is lists_demo


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("fe80::1", "http://[fe80::1]:8000"),
    ],
)
def test_where_the_exchange_is(host: str, url: str) -> None:
    assert Configuration(data=Path("/d"), host=host).url == url


@pytest.mark.parametrize(
    ("variables", "has_tls", "secure_cookies"),
    [
        ({}, False, False),
        ({"CSE_ORIGIN": "http://exchange.example"}, False, False),
        ({"CSE_ORIGIN": "https://exchange.example"}, True, True),
        ({"CSE_PROFILE": "production"}, False, True),
    ],
)
def test_what_goes_by_tls_alone(variables: dict[str, str], has_tls: bool, secure_cookies: bool) -> None:
    found = Configuration.from_environment(variables)
    assert (found.has_tls, found.secure_cookies) == (has_tls, secure_cookies)
