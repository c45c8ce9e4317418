"""Mails in English."""

from __future__ import annotations

from typing import Final

from cse.accounts.mail.catalogue.words import MailWords, Words

ENGLISH: Final = Words(
    mails={
        "password_reset": MailWords(
            "Choose a new password",
            """
            Somebody asked for a new password for the account with this e-mail
            ({at}, from {address}).

            If that was you, open this page within one hour and choose it:

            {link}

            The link works once. It does not sign you in, and it is for nobody else:
            we never ask for it, nor for a password or a code.

            If it was not you, do nothing. Your password stays as it is.
            """,
        ),
        "password_reset_of_one": MailWords(
            "Choose a new password",
            """
            Somebody asked for a new password for the account with this e-mail
            ({at}, from {address}).

            There are {count} accounts that were opened with it, and of none is it
            confirmed that it is yours. If one is, open its page within one hour:

            {accounts}

            The first one that you use is then the account of this e-mail, its API keys
            end, and the others have no say about it. The links are for nobody else: we
            never ask for them, nor for a password or a code.

            If it was not you, do nothing.
            """,
        ),
        "password_changed": MailWords(
            "Your password was changed",
            """
            The password of your account was changed by a link that we had sent to this
            e-mail ({at}, from {address}).

            You have been signed out everywhere. API keys work on as before: look whether
            all of them are yours, in the settings at {origin}/settings

            If it was not you, somebody else reads your mail. Make that safe first, then
            choose another password: {origin}/forgot-password
            """,
        ),
        "password_changed_by_password": MailWords(
            "Your password was changed",
            """
            The password of your account was changed in its settings by somebody who was
            signed in and knew the one before ({at}, from {address}).

            You have been signed out everywhere else. API keys work on as before; look
            whether all of them are yours: {origin}/settings

            If it was not you, choose another password, by which everybody is signed out:
            {origin}/forgot-password
            """,
        ),
        "credential_changed": MailWords(
            "How to get in to your account was changed",
            """
            {change}
            It was done by somebody who was signed in ({at}, from {address}).

            If that was you, there is nothing to do. If not, choose another password, by
            which everybody is signed out: {origin}/forgot-password
            Then look at what guards your account, and at your API keys:
            {origin}/settings
            """,
        ),
        "email_verification": MailWords(
            "Confirm your e-mail",
            """
            Somebody opened an account with this e-mail ({at}, from {address}).

            If that was you, sign in and open this page within three days:

            {link}

            If it was not you, do nothing: that the account is yours is then never
            confirmed.
            """,
        ),
        "email_claimed": MailWords(
            "You have an account already",
            """
            Somebody opened another account and gave this e-mail, which is that of your
            account ({at}, from {address}).

            If that was you, you need no other. Sign in: {origin}/sign-in
            Or choose another password: {origin}/forgot-password

            If it was not you, do nothing. Nothing has changed about your account, and
            nobody was told that you have one.
            """,
        ),
        "email_change": MailWords(
            "Confirm your new e-mail",
            """
            Somebody wants this e-mail to be that of their account
            ({at}, from {address}).

            If that was you, sign in and open this page within a day:

            {link}

            If it was not you, do nothing: it then never is.
            """,
        ),
        "email_wanted": MailWords(
            "Somebody wanted your e-mail for an account",
            """
            Somebody wanted this e-mail, which is that of your account, to be the one of
            another account ({at}, from {address}).

            An e-mail can be that of one account. Nothing has changed, there is nothing to
            do, and nobody was told that you have an account.
            """,
        ),
        "email_change_asked": MailWords(
            "Your e-mail is about to change",
            """
            Somebody who was signed in to your account, and knew its password, wants it to
            have another e-mail ({at}, from {address}).
            It changes once they open the link that we have sent there.

            If that was you, there is nothing to do. If not, open this page within three
            days:

            {link}

            The e-mail then stays as it is, everybody is signed out, API keys end, and you
            choose another password by a link that we send you here.
            """,
        ),
        "email_changed": MailWords(
            "Your e-mail was changed",
            """
            Your account has another e-mail now ({at}, from {address}),
            and we write to this one no more.

            If that was you, there is nothing to do. If not, open this page within three
            days:

            {link}

            The account then has this e-mail again, everybody is signed out, API keys end,
            and you choose another password by a link that we send you here.
            """,
        ),
        "new_sign_in": MailWords(
            "A new sign-in",
            """
            Somebody signed in to your account from an address that it was not used
            from before:

            {at}, from {address}, with {device}

            If that was you, there is nothing to do. If not, choose another password, by
            which everybody is signed out: {origin}/forgot-password
            Then look at your sessions and API keys: {origin}/settings
            """,
        ),
        "traded": MailWords(
            "You have traded",
            """
            Orders of yours were filled in {market} ({at}).

            All fills stand in your portfolio: {origin}/portfolio

            Which mails you get is your choice: {origin}/settings#notifications
            """,
        ),
        "price_reached": MailWords(
            "{market} has reached {price}",
            """
            {market} has traded at {price} or beyond ({at}).
            You asked to be told of that once.

            Your price alerts: {origin}/notifications
            """,
        ),
        "received": MailWords(
            "You have received {asset}",
            """
            {amount} {asset} came into your account ({at}).

            What you have stands in your portfolio: {origin}/portfolio

            Which mails you get is your choice: {origin}/settings#notifications
            """,
        ),
        "account_frozen": MailWords(
            "Your account is frozen",
            """
            Your account was frozen ({at}). {why}

            Nobody can sign in to it, API keys do not work, and nothing can be placed or
            moved out. What you have stays yours.

            Write to support to have it looked at. We never ask for a password or a code.
            """,
        ),
        "account_closed": MailWords(
            "Your account was closed",
            """
            Your account was closed by somebody who was signed in and had shown who they
            are ({at}). Everybody is signed out, API keys have
            ended, and what was kept about you alone is erased.

            What the books and the audit log have stays there, as it must. For 30 days
            this e-mail can be that of no other account, and then we forget it.
            """,
        ),
        "export_ready": MailWords(
            "Your data is ready",
            """
            The archive of your data that was asked for in the settings of your account is
            ready ({at}). For seven days you can save it there, signed in:
            {origin}/settings#data

            If you did not ask for it, choose another password, by which everybody is
            signed out: {origin}/forgot-password
            """,
        ),
        "invitation": MailWords(
            "You are invited to an organisation",
            """
            Somebody on CS Exchange has invited whoever reads this e-mail to act for an
            organisation ({at}).

            Which one that is, and what you would do there, is on the page of this link:

            {link}

            It is good for seven days, once, for an account whose e-mail this is. If you
            have none yet, open one with this e-mail first.

            If you know of no such invitation, do nothing.
            """,
        ),
        "approval_wanted": MailWords(
            "Your approval is wanted",
            """
            A member of an organisation of yours has asked for something that takes your
            approval ({at}). Look at it, and approve or refuse it, at
            {origin}/organisations

            It is open for three days. If you do nothing, it is not done by you.
            """,
        ),
        "account_unfrozen": MailWords(
            "Your account is free again",
            """
            Your account is not frozen any more ({at}). Sign in as before:
            {origin}/sign-in
            """,
        ),
        "verification_approved": MailWords(
            "You are verified",
            """
            What you handed in was looked at, and you are verified ({at}).

            What that allows: {origin}/verification
            """,
        ),
        "verification_refused": MailWords(
            "You were not verified",
            """
            What you handed in was looked at, and we could not verify you ({at}).
            {why}

            You can apply again: {origin}/verification
            We never ask for documents by mail.
            """,
        ),
        "verification_revoked": MailWords(
            "You are not verified as before",
            """
            We looked at it again, and took your verification back ({at}).
            {why}

            What holds now: {origin}/verification
            You can apply again there. We never ask for documents by mail.
            """,
        ),
    },
    account="opened {since}:\n{link}",
    phrase="Your phrase: {phrase}",
    a_program="a program",
    device="{client} on {platform}",
    credential_changes={
        "authenticator_added": "An authenticator was added to your account.",
        "authenticator_removed": "The authenticator of your account was removed.",
        "passkey_added": "A passkey was added to your account.",
        "passkey_removed": "A passkey of your account was removed.",
        "recovery_codes_renewed": "Your account has new recovery codes; those before are good no more.",
        "api_key_made": "An API key was made for your account.",
    },
    frozen_why={
        "protection": "This is to protect it: somebody else may be using it.",
        "review": "We are looking at something that was done with it.",
        "law": "The law, or an authority, demands it.",
        "request": "You have asked for it.",
    },
    refused_why={
        "document_unreadable": "A document cannot be read, or not all of it is shown.",
        "document_expired": "A document is not valid any more.",
        "document_other": "A document is not of a kind that shows this.",
        "details_differ": "The documents say something else than your application.",
        "address_not_shown": "The address is not shown, or by something older than three months.",
        "not_possible": "We cannot say more about it.",
    },
)
