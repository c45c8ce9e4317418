"""What the environment may say about SMTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from cse.accounts.mail.smtp_settings import SmtpSettings
from cse.runtime.configuration import InvalidConfiguration

LEAST = {"CSE_SMTP_HOST": "mail.example.com", "CSE_MAIL_FROM": "no-reply@exchange.example"}
LOGIN = {"CSE_SMTP_USER": "exchange", "CSE_SMTP_PASSWORD": "a secret"}


def read(**variables: str) -> SmtpSettings:
    settings = SmtpSettings.from_environment({**LEAST, **variables})
    assert settings is not None
    return settings


def test_without_a_host_there_is_none() -> None:
    assert SmtpSettings.from_environment({"CSE_MAIL_FROM": "no-reply@exchange.example"}) is None


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("starttls", 587), ("implicit", 465), ("none", 25)])
def test_a_way_of_encryption_has_its_port_unless_another_is_named(tls: str, port: int) -> None:
    assert read(CSE_SMTP_TLS=tls).port == port
    assert read(CSE_SMTP_TLS=tls, CSE_SMTP_PORT="2525").port == 2525


def test_the_password_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("a secret\n")
    settings = read(CSE_SMTP_USER="exchange", CSE_SMTP_PASSWORD_FILE=str(file))
    assert (settings.username, settings.password) == ("exchange", "a secret")


def test_no_password_is_ever_shown() -> None:
    assert "a secret" not in repr(read(**LOGIN))


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"CSE_MAIL_FROM": ""}, "CSE_MAIL_FROM"),
        ({"CSE_MAIL_FROM": "nobody"}, "CSE_MAIL_FROM"),
        ({"CSE_MAIL_FROM": "a@b.example\nBcc: all@b.example"}, "CSE_MAIL_FROM"),
        ({"CSE_SMTP_TLS": "maybe"}, "CSE_SMTP_TLS"),
        ({"CSE_SMTP_PORT": "0"}, "CSE_SMTP_PORT"),
        ({"CSE_SMTP_PORT": "65536"}, "CSE_SMTP_PORT"),
        ({"CSE_SMTP_USER": "exchange"}, "CSE_SMTP_USER"),
        ({"CSE_SMTP_PASSWORD": "a secret"}, "CSE_SMTP_USER"),
        ({"CSE_SMTP_TLS": "none", **LOGIN}, "CSE_SMTP_TLS"),
        ({"CSE_SMTP_USER": "exchange", "CSE_SMTP_PASSWORD_FILE": "/no/such"}, "CSE_SMTP_PASSWORD_FILE"),
    ],
)
def test_what_cannot_be_meant_is_named_without_its_secret(variables: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidConfiguration, match=named) as caught:
        read(**variables)
    assert "a secret" not in str(caught.value)


def test_authorities_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    for file in ("empty.pem", "none.pem"):
        with pytest.raises(InvalidConfiguration, match="CSE_SMTP_CA_FILE"):
            read(CSE_SMTP_CA_FILE=str(tmp_path / file)).context()
