"""Routes of a person's e-mail."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.emails.change import EmailChanges
from cse.accounts.emails.verification import EmailVerifications
from cse.accounts.models import EmailChange, EmailChangeUndo, EmailVerification, EmailView, MailPhrase
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class EmailVerificationApi:
    """Parse, call, answer."""

    def __init__(self, verifications: EmailVerifications, changes: EmailChanges) -> None:
        self._verifications = verifications
        self._changes = changes

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        no_content = HTTPStatus.NO_CONTENT
        return [
            Route("GET", "/api/security/email", Access.PERSON, "The person's e-mail.", EmailView,
                  handler=self.email),
            Route("POST", "/api/security/email", Access.PERSON,
                  "Asks for another e-mail: sends a link there, and a notice to the one there is.", None,
                  handler=self.ask_change, request=EmailChange, status=no_content,
                  codes=(codes.WRONG_CREDENTIALS, codes.TOO_MANY_ATTEMPTS, codes.OVERLOADED),
                  step_up=True, weight=10),
            Route("POST", "/api/auth/email-change/undo", Access.EVERYONE,
                  "Has the e-mail be the one before, by a link that was sent there.", None,
                  handler=self.undo_change, request=EmailChangeUndo, status=no_content,
                  codes=(codes.LINK_ENDED,)),
            Route("POST", "/api/security/email/verification", Access.PERSON,
                  "Sends a link once more by which to show that one reads the mail of one's address.", None,
                  handler=self.send_again, status=no_content, codes=(codes.TOO_MANY_ATTEMPTS,)),
            Route("POST", "/api/security/mail-phrase", Access.PERSON,
                  "Has a phrase stand at the head of every mail to the person.", None,
                  handler=self.set_phrase, request=MailPhrase, status=no_content, step_up=True),
            Route("DELETE", "/api/security/mail-phrase", Access.PERSON, "Takes the phrase away.", None,
                  handler=self.remove_phrase, status=no_content, step_up=True),
            Route("POST", "/api/auth/verify-email", Access.PERSON,
                  "Takes a link that was sent to the person's e-mail, or to the one they want.", None,
                  handler=self.verify, request=EmailVerification, status=no_content,
                  codes=(codes.LINK_ENDED, codes.LINK_OF_ANOTHER)),
        ]  # fmt: skip

    async def email(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/security/email."""
        return answer(await self._verifications.email(call.person))

    async def send_again(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/security/email/verification."""
        await self._verifications.send_again(call.person, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def ask_change(self, call: Call[EmailChange, Nothing]) -> Reply:
        """POST /api/security/email."""
        await self._changes.ask(call.person, call.body, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def undo_change(self, call: Call[EmailChangeUndo, Nothing]) -> Reply:
        """POST /api/auth/email-change/undo."""
        await self._changes.undo(call.body, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def set_phrase(self, call: Call[MailPhrase, Nothing]) -> Reply:
        """POST /api/security/mail-phrase."""
        await self._verifications.set_phrase(call.person, call.body.phrase)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def remove_phrase(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/security/mail-phrase."""
        await self._verifications.remove_phrase(call.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def verify(self, call: Call[EmailVerification, Nothing]) -> Reply:
        """POST /api/auth/verify-email."""
        token = call.body.token
        if not await self._verifications.verify(call.person, token):
            await self._changes.make(call.person, token, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
