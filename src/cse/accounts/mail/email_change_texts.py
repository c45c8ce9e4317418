"""What mails about another e-mail say. The e-mail itself stands in none: a stranger may have written it."""

from __future__ import annotations

from collections.abc import Mapping

from cse.accounts.mail.models import Text
from cse.accounts.mail.texts import mail_text, moment


def email_change(link: str, facts: Mapping[str, str]) -> Text:
    """To the e-mail that is wanted: a link by which to have it. `facts`: `at` and `address` of who asked."""
    return mail_text(
        "Confirm your new e-mail",
        f"""
        Somebody wants this e-mail to be that of their account
        ({moment(facts["at"])}, from {facts["address"]}).

        If that was you, sign in and open this page within a day:

        {link}

        If it was not you, do nothing: it then never is.
        """,
    )


def email_wanted(facts: Mapping[str, str]) -> Text:
    """To an e-mail that somebody has: another wanted it. `facts`: `at`, `address`."""
    return mail_text(
        "Somebody wanted your e-mail for an account",
        f"""
        Somebody wanted this e-mail, which is that of your account, to be the one of
        another account ({moment(facts["at"])}, from {facts["address"]}).

        An e-mail can be that of one account. Nothing has changed, there is nothing to
        do, and nobody was told that you have an account.
        """,
    )


def email_change_asked(link: str, facts: Mapping[str, str]) -> Text:
    """To the e-mail before: another is wanted, and how to say that it was not oneself."""
    return mail_text(
        "Your e-mail is about to change",
        f"""
        Somebody who was signed in to your account, and knew its password, wants it to
        have another e-mail ({moment(facts["at"])}, from {facts["address"]}). It
        changes once they open the link that we have sent there.

        If that was you, there is nothing to do. If not, open this page within three
        days:

        {link}

        The e-mail then stays as it is, everybody is signed out, API keys end, and you
        choose another password by a link that we send you here.
        """,
    )


def email_changed(link: str, facts: Mapping[str, str]) -> Text:
    """To the e-mail before: there is another now, and how to say that it was not oneself."""
    return mail_text(
        "Your e-mail was changed",
        f"""
        Your account has another e-mail now ({moment(facts["at"])},
        from {facts["address"]}), and we write to this one no more.

        If that was you, there is nothing to do. If not, open this page within three
        days:

        {link}

        The account then has this e-mail again, everybody is signed out, API keys end,
        and you choose another password by a link that we send you here.
        """,
    )
