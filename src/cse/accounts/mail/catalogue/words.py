"""Words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

# In which mails are written.
MailLanguage: TypeAlias = Literal["en", "ar"]
MailName: TypeAlias = Literal[
    "password_reset",
    "password_reset_of_one",
    "password_changed",
    "password_changed_by_password",
    "credential_changed",
    "email_verification",
    "email_claimed",
    "email_change",
    "email_wanted",
    "email_change_asked",
    "email_changed",
    "new_sign_in",
    "traded",
    "received",
    "price_reached",
    "account_frozen",
    "account_unfrozen",
    "account_closed",
    "export_ready",
    "verification_approved",
    "verification_refused",
    "verification_revoked",
    "invitation",
    "approval_wanted",
]
# What a person is told of why their account is frozen.
FreezeClass: TypeAlias = Literal["protection", "review", "law", "request"]

# What was changed of that by which somebody gets in, or acts.
CredentialChange: TypeAlias = Literal[
    "authenticator_added",
    "authenticator_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_codes_renewed",
    "api_key_made",
]


class MailWords(NamedTuple):
    """A subject and a body; in the body stand names of values in braces."""

    subject: str
    body: str


class Words(NamedTuple):
    """All that mails of a language say.

    `account` is one of several accounts, each with its link; `credential_changes` says by
    `CredentialChange` what was changed, `frozen_why` by `FreezeClass` why an account is frozen, and
    `refused_why` by the word of it why an application was refused or its approval taken back.
    """

    mails: Mapping[MailName, MailWords]
    account: str
    phrase: str
    a_program: str
    device: str
    credential_changes: Mapping[str, str]
    frozen_why: Mapping[str, str]
    refused_why: Mapping[str, str]
