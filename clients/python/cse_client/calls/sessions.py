"""Signing up, in and out, and where a person is signed in."""

from __future__ import annotations

from collections.abc import Sequence

from cse_client import codes, models
from cse_client.calls.calls import Calls
from cse_client.errors import ApiError, ClientError, NotSignedIn
from cse_client.models import SignedIn, SignIn, SignUp
from cse_client.requests import target
from cse_client.session import Session


class SessionCalls(Calls):
    """What begins a session, names it and ends it."""

    @property
    def session(self) -> Session | None:
        """Who is signed in."""
        return self._requests.sessions.current

    async def sign_up(
        self, email: str, password: str, display_name: str, language: models.Language | None = None
    ) -> Session:
        """Signs a person up and in; mails are in `language` where there are such, or else in English."""
        body = SignUp(email=email, password=password, display_name=display_name, language=language)
        try:
            signed_in = await self._requests.ask(
                "POST", "/api/auth/sign-up", SignedIn, body=body, repeatable=False, signed_in=False
            )
        except ClientError as error:
            if error.money == "none":
                raise
            return await self._sign_up_again(body)
        return self._requests.sessions.begin(signed_in)

    async def sign_in(self, email: str, password: str) -> Session:
        """Signs a person in.

        Raises `SessionRefused` with the code `second_factor_required` and a challenge where the person has
        a second factor; `sign_in_with_code` is the next step.
        """
        body = SignIn(email=email, password=password)
        signed_in = await self._requests.ask(
            "POST", "/api/auth/sign-in", SignedIn, body=body, signed_in=False
        )
        return self._requests.sessions.begin(signed_in)

    async def sign_in_with_code(self, challenge: str, code: str) -> Session:
        """The second step of a sign-in, by a code of the authenticator or a recovery code."""
        body = models.SignInCode(challenge=challenge, code=code)
        signed_in = await self._requests.ask(
            "POST", "/api/auth/sign-in/code", SignedIn, body=body, repeatable=False, signed_in=False
        )
        return self._requests.sessions.begin(signed_in)

    async def password_strength(self, password: str, known: Sequence[str] = ()) -> models.PasswordStrength:
        """How hard a password is to guess for who knows these texts, and whether it may be chosen."""
        body = models.PasswordToJudge(password=password, known=list(known))
        path = "/api/auth/password-strength"
        return await self._requests.ask("POST", path, models.PasswordStrength, body=body, signed_in=False)

    async def request_password_reset(self, email: str) -> None:
        """Has a link by which to choose another password sent to this e-mail, if it has an account."""
        body = models.PasswordResetRequest(email=email)
        await self._requests.ask(
            "POST", "/api/auth/password-reset", type(None), body=body, repeatable=False, signed_in=False
        )

    async def complete_password_reset(self, token: str, password: str) -> None:
        """Chooses another password by the token of such a link. It ends all sessions and begins none."""
        body = models.PasswordReset(token=token, password=password)
        await self._requests.ask(
            "POST",
            "/api/auth/password-reset/complete",
            type(None),
            body=body,
            repeatable=False,
            signed_in=False,
        )

    def resume(self, session: Session) -> None:
        """Goes on with the tokens of another client or of another day."""
        self._requests.sessions.current = session

    async def access_token(self, refused: str = "") -> str:
        """A token with some life left, and another than one that was refused. Raises `NotSignedIn`."""
        sessions = self._requests.sessions
        return await (sessions.renewed(refused) if refused else sessions.access_token())

    async def sign_out(self) -> None:
        """Ends the session, here and on the exchange; one that has ended already is well ended."""
        try:
            await self._requests.ask("POST", "/api/auth/sign-out", type(None))
        except NotSignedIn:
            pass
        finally:
            self._requests.sessions.end()

    async def open_sessions(self) -> list[models.SessionView]:
        """Where the person is signed in, the latest used first."""
        return (await self._requests.ask("GET", "/api/sessions", models.Sessions)).items

    async def name_session(self, session_id: str, name: str | None) -> None:
        """Names a session; None takes its name away."""
        body = models.NamedSession(name=name)
        await self._requests.ask("PATCH", target("sessions", session_id), type(None), body=body)

    async def end_session(self, session_id: str) -> None:
        """Ends a session, on every process of the exchange within a second."""
        await self._requests.ask("DELETE", target("sessions", session_id), type(None))

    async def end_other_sessions(self) -> int:
        """Ends all sessions but this one; how many."""
        return (await self._requests.ask("DELETE", "/api/sessions", models.EndedSessions)).ended

    async def _sign_up_again(self, body: SignUp) -> Session:
        """After a sign-up without an answer: it was done, or is done now."""
        try:
            return await self.sign_in(body.email, body.password)
        except ApiError as error:
            if error.code != codes.WRONG_CREDENTIALS:
                raise
        signed_in = await self._requests.ask(
            "POST", "/api/auth/sign-up", SignedIn, body=body, signed_in=False
        )
        return self._requests.sessions.begin(signed_in)
