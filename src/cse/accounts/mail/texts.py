"""What mails say.

Plain text: a link that is seen is the link that is followed. Nothing that a stranger has written stands
in a mail, for whoever knows an address can have some sent to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent
from typing import Final

from cse.accounts.mail.models import Text

_NAME: Final = "CS Exchange"


def password_reset(link: str, facts: Mapping[str, str]) -> Text:
    """A link by which to choose another password. `facts`: `at` and `address` of who asked."""
    return _text(
        "Choose a new password",
        f"""
        Somebody asked for a new password for the account with this e-mail
        ({_moment(facts["at"])}, from {facts["address"]}).

        If that was you, open this page within one hour and choose it:

        {link}

        The link works once. It does not sign you in, and it is for nobody else:
        we never ask for it, nor for a password or a code.

        If it was not you, do nothing. Your password stays as it is.
        """,
    )


def email_verification(link: str) -> Text:
    """A link by which to show that one reads the mail of one's address."""
    return _text(
        "Confirm your e-mail",
        f"""
        Somebody opened an account with this e-mail. If that was you, open this page
        within three days:

        {link}

        If it was not you, do nothing: that the account is yours is then never
        confirmed.
        """,
    )


def password_changed(origin: str, facts: Mapping[str, str]) -> Text:
    """Tells that there is another password. `facts`: `at` and `address` of who chose it."""
    return _text(
        "Your password was changed",
        f"""
        The password of your account was changed by a link that we had sent to this
        e-mail ({_moment(facts["at"])}, from {facts["address"]}).

        You have been signed out everywhere. API keys work on as before: look whether
        all of them are yours, in the settings at {origin}/settings

        If it was not you, somebody else reads your mail. Make that safe first, then
        choose another password: {origin}/forgot-password
        """,
    )


def new_sign_in(origin: str, facts: Mapping[str, str]) -> Text:
    """Tells of a sign-in from a new address. `facts`: `at`, `address` and `device`."""
    return _text(
        "A new sign-in",
        f"""
        Somebody signed in to your account from an address that it was not used
        from before:

        {_moment(facts["at"])}, from {facts["address"]}, with {facts["device"]}

        If that was you, there is nothing to do. If not, choose another password, by
        which everybody is signed out: {origin}/forgot-password
        Then look at your sessions and API keys: {origin}/settings
        """,
    )


def _text(subject: str, body: str) -> Text:
    return Text(f"{subject} - {_NAME}", f"{dedent(body).strip()}\n\n-- \n{_NAME}\n")


def _moment(at: str) -> str:
    """The time to the minute, as people read it."""
    return f"{at[:10]} {at[11:16]} UTC"
