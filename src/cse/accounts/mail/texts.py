"""What mails say.

Plain text: a link that is seen is the link that is followed. Nothing that a stranger has written stands
in a mail, for whoever knows an address can have some sent to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import dedent
from typing import Final

from cse.accounts.mail.models import Text

_NAME: Final = "CS Exchange"


def password_reset(link: str, facts: Mapping[str, str]) -> Text:
    """A link by which to choose another password. `facts`: `at` and `address` of who asked."""
    return mail_text(
        "Choose a new password",
        f"""
        Somebody asked for a new password for the account with this e-mail
        ({moment(facts["at"])}, from {facts["address"]}).

        If that was you, open this page within one hour and choose it:

        {link}

        The link works once. It does not sign you in, and it is for nobody else:
        we never ask for it, nor for a password or a code.

        If it was not you, do nothing. Your password stays as it is.
        """,
    )


def password_reset_of_one(links: Sequence[tuple[str, str]], facts: Mapping[str, str]) -> Text:
    """The same where several accounts claim an address and none is known to be its owner's.

    `links`: of each since when it is there, and its link.
    """
    listed = "\n\n".join(f"opened {moment(since)}:\n{link}" for since, link in links)
    return mail_text(
        "Choose a new password",
        f"""
        Somebody asked for a new password for the account with this e-mail
        ({moment(facts["at"])}, from {facts["address"]}).

        There are {len(links)} accounts that were opened with it, and of none is it
        confirmed that it is yours. If one is, open its page within one hour:

        @listed

        The first one that you use is then the account of this e-mail, its API keys
        end, and the others have no say about it. The links are for nobody else: we
        never ask for them, nor for a password or a code.

        If it was not you, do nothing.
        """,
        listed=listed,
    )


def email_verification(link: str, facts: Mapping[str, str]) -> Text:
    """A link by which to show that one reads the mail of one's address. `facts`: `at`, `address`."""
    return mail_text(
        "Confirm your e-mail",
        f"""
        Somebody opened an account with this e-mail ({moment(facts["at"])},
        from {facts["address"]}).

        If that was you, sign in and open this page within three days:

        {link}

        If it was not you, do nothing: that the account is yours is then never
        confirmed.
        """,
    )


def email_claimed(origin: str, facts: Mapping[str, str]) -> Text:
    """Tells who has an address that somebody else has claimed it. `facts`: `at`, `address`."""
    return mail_text(
        "You have an account already",
        f"""
        Somebody opened another account and gave this e-mail, which is that of your
        account ({moment(facts["at"])}, from {facts["address"]}).

        If that was you, you need no other. Sign in: {origin}/sign-in
        Or choose another password: {origin}/forgot-password

        If it was not you, do nothing. Nothing has changed about your account, and
        nobody was told that you have one.
        """,
    )


def password_changed(origin: str, facts: Mapping[str, str]) -> Text:
    """Tells that there is another password. `facts`: `at` and `address` of who chose it."""
    return mail_text(
        "Your password was changed",
        f"""
        The password of your account was changed by a link that we had sent to this
        e-mail ({moment(facts["at"])}, from {facts["address"]}).

        You have been signed out everywhere. API keys work on as before: look whether
        all of them are yours, in the settings at {origin}/settings

        If it was not you, somebody else reads your mail. Make that safe first, then
        choose another password: {origin}/forgot-password
        """,
    )


def password_changed_by_password(origin: str, facts: Mapping[str, str]) -> Text:
    """Tells that somebody who knew the password chose another. `facts`: `at` and `address` of who did."""
    return mail_text(
        "Your password was changed",
        f"""
        The password of your account was changed in its settings by somebody who was
        signed in and knew the one before ({moment(facts["at"])},
        from {facts["address"]}).

        You have been signed out everywhere else. API keys work on as before; look
        whether all of them are yours: {origin}/settings

        If it was not you, choose another password, by which everybody is signed out:
        {origin}/forgot-password
        """,
    )


def new_sign_in(origin: str, facts: Mapping[str, str]) -> Text:
    """Tells of a sign-in from a new address. `facts`: `at`, `address` and `device`."""
    return mail_text(
        "A new sign-in",
        f"""
        Somebody signed in to your account from an address that it was not used
        from before:

        {moment(facts["at"])}, from {facts["address"]}, with {facts["device"]}

        If that was you, there is nothing to do. If not, choose another password, by
        which everybody is signed out: {origin}/forgot-password
        Then look at your sessions and API keys: {origin}/settings
        """,
    )


def mail_text(subject: str, body: str, **parts: str) -> Text:
    """The mail. Where the body has a line `@name`, that part of several lines stands."""
    text = dedent(body).strip()
    for name, part in parts.items():
        text = text.replace(f"@{name}\n", f"{part}\n")
    return Text(f"{subject} - {_NAME}", f"{text}\n\n-- \n{_NAME}\n")


def moment(at: str) -> str:
    """The time to the minute, as people read it."""
    return f"{at[:10]} {at[11:16]} UTC"
