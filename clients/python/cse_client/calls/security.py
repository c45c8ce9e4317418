"""What guards a person's account, and what happened to it."""

from __future__ import annotations

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.requests import target


class SecurityCalls(Calls):
    """The e-mail, the factors and the events of an account."""

    async def verify_email(self, token: str) -> None:
        """Takes the link that was sent to the person's address, by its token."""
        body = models.EmailVerification(token=token)
        await self._requests.ask("POST", "/api/auth/verify-email", type(None), body=body, repeatable=False)

    async def email(self) -> models.EmailView:
        """The person's e-mail, and since when it is known that they read its mail."""
        return await self._requests.ask("GET", "/api/security/email", models.EmailView)

    async def send_email_verification(self) -> None:
        """Has another link sent to the person's e-mail."""
        await self._requests.ask("POST", "/api/security/email/verification", type(None), repeatable=False)

    async def change_password(self, current_password: str, password: str) -> None:
        """Chooses another password, which ends all other sessions; needs a step up."""
        body = models.PasswordChange(current_password=current_password, password=password)
        await self._requests.ask("POST", "/api/security/password", type(None), body=body, repeatable=False)

    async def change_email(self, email: str, password: str) -> None:
        """Has a link sent by which the person's e-mail becomes this one; needs a step up."""
        body = models.EmailChange(email=email, password=password)
        await self._requests.ask("POST", "/api/security/email", type(None), body=body, repeatable=False)

    async def undo_email_change(self, token: str) -> None:
        """Has the e-mail be the one before, by the token of a link that was sent there."""
        body = models.EmailChangeUndo(token=token)
        path = "/api/auth/email-change/undo"
        await self._requests.ask("POST", path, type(None), body=body, repeatable=False, signed_in=False)

    async def set_mail_phrase(self, phrase: str) -> None:
        """Has a phrase stand at the head of every mail to the person; needs a step up."""
        body = models.MailPhrase(phrase=phrase)
        await self._requests.ask("POST", "/api/security/mail-phrase", type(None), body=body)

    async def remove_mail_phrase(self) -> None:
        """Has none stand there; needs a step up."""
        await self._requests.ask("DELETE", "/api/security/mail-phrase", type(None))

    async def preferences(self) -> models.PreferencesView:
        """How the person likes the app and mails to be."""
        return await self._requests.ask("GET", "/api/preferences", models.PreferencesView)

    async def change_preferences(self, changes: models.ChangedPreferences) -> models.PreferencesView:
        """Changes some of that; `version_outdated` where another device has since `changes.version`."""
        return await self._requests.ask(
            "PATCH", "/api/preferences", models.PreferencesView, body=changes, repeatable=False
        )

    async def notifications(self, *, limit: int = 20, cursor: str | None = None) -> models.Notifications:
        """What the person is told of, the latest first, from a cursor on."""
        path = target("notifications", limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.Notifications)

    async def unread_notifications(self) -> int:
        """How many of them are not read, at most 100."""
        answer = await self._requests.ask("GET", "/api/notifications/unread", models.UnreadNotifications)
        return answer.unread

    async def read_notifications(self, *, one: str | None = None, up_to: str | None = None) -> None:
        """Marks one as read, or all up to one."""
        body = models.ReadNotifications(id=one, up_to=up_to)
        await self._requests.ask("POST", "/api/notifications/read", type(None), body=body)

    async def closing(self) -> models.Closing:
        """What is in the way of closing the account."""
        return await self._requests.ask("GET", "/api/account/closing", models.Closing)

    async def close_account(self) -> None:
        """Closes the account for good; needs a step up."""
        await self._requests.ask("POST", "/api/account/closing", type(None), repeatable=False)

    async def exports(self) -> models.Exports:
        """Archives of the person's data, and when another may be asked for."""
        return await self._requests.ask("GET", "/api/account/exports", models.Exports)

    async def ask_for_export(self) -> models.ExportView:
        """Has an archive made of all that is kept of the person; needs a step up."""
        return await self._requests.ask("POST", "/api/account/exports", models.ExportView, repeatable=False)

    async def export_archive(self, export: str) -> bytes:
        """An archive that is ready, as a ZIP; needs a step up."""
        path = target("account", "exports", export, "archive")
        return await self._requests.ask("GET", path, bytes)

    async def security_events(self, *, limit: int = 20, cursor: str | None = None) -> models.SecurityEvents:
        """What was done to the account, or tried, the latest first, from a cursor on."""
        path = target("security", "events", limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.SecurityEvents)

    async def security(self) -> models.Security:
        """What guards the account."""
        return await self._requests.ask("GET", "/api/security", models.Security)

    async def step_up(self, *, code: str | None = None, password: str | None = None) -> None:
        """Shows that it is still the same person, which some calls ask for."""
        body = models.StepUpProof(code=code, password=password)
        await self._requests.ask("POST", "/api/auth/step-up", type(None), body=body, repeatable=False)

    async def begin_totp(self) -> models.TotpEnrolment:
        """A secret for an authenticator, which counts once `confirm_totp` has had a code of it."""
        return await self._requests.ask("POST", "/api/security/totp", models.TotpEnrolment)

    async def confirm_totp(self, code: str) -> list[str]:
        """Makes the authenticator count; the recovery codes, which are shown this once."""
        body = models.TotpCode(code=code)
        answer = await self._requests.ask(
            "POST", "/api/security/totp/confirm", models.RecoveryCodes, body=body, repeatable=False
        )
        return answer.codes

    async def remove_totp(self) -> None:
        """Takes the authenticator and the recovery codes away."""
        await self._requests.ask("DELETE", "/api/security/totp", type(None))

    async def renew_recovery_codes(self) -> list[str]:
        """New recovery codes for the old."""
        answer = await self._requests.ask("POST", "/api/security/recovery-codes", models.RecoveryCodes)
        return answer.codes

    async def rename_passkey(self, passkey: str, name: str) -> None:
        """Names a passkey anew; `security` lists them. Only a browser makes one."""
        body = models.NamedPasskey(name=name)
        await self._requests.ask("PATCH", target("security", "passkeys", passkey), type(None), body=body)

    async def remove_passkey(self, passkey: str) -> None:
        """Takes a passkey away; needs a step up."""
        await self._requests.ask("DELETE", target("security", "passkeys", passkey), type(None))

    async def mailbox(self, recipient: str | None = None) -> list[models.MailView]:
        """What a demo would have sent by mail, the newest first; only its own machine is told."""
        return (await self._read(target("demo", "mailbox", recipient=recipient), models.Mailbox)).items
