"""Routes of signing up, in, on and out."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from cse.accounts.models import (
    PasskeyAnswer,
    PasswordStrength,
    PasswordToJudge,
    RefreshTokens,
    SignedIn,
    SignIn,
    SignInCode,
    SignUp,
    Tokens,
    Visit,
)
from cse.accounts.service import Accounts
from cse.accounts.sessions.devices import kept_user_agent
from cse.accounts.sessions.store import SESSION_LIFE_DAYS
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.cross_site import for_our_pages, is_browser
from cse.runtime.http.route import Access, Call, Header, Nothing, Reply, Route, answer

COOKIE: Final = "cse_refresh"
_COOKIE_PATH: Final = "/api/auth"


class AccountsApi:
    """Parse, call, answer. With `CSE-Client: web` refresh tokens travel in a cookie.

    A page of another site can neither read that cookie nor send it (SameSite), nor set that header. By TLS
    its name keeps whoever has a neighbouring host name from setting one of their own (`__Host-`).
    """

    def __init__(self, accounts: Accounts, *, secure_cookies: bool, origin: str | None = None) -> None:
        self._accounts = accounts
        self._origin = origin
        self._cookie_name = f"__Host-{COOKIE}" if secure_cookies else COOKIE
        self._cookie_scope = "Path=/; Secure" if secure_cookies else f"Path={_COOKIE_PATH}"

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [for_our_pages(route, self._origin) for route in self._table()]

    def _table(self) -> list[Route]:
        limits = (codes.TOO_MANY_ATTEMPTS, codes.OVERLOADED)
        signing_in = (*limits, codes.SIGN_IN_FROZEN)
        return [
            Route(
                "POST", "/api/auth/sign-up", Access.EVERYONE,
                "Signs a person up and in, alike whether somebody has the e-mail or not.", SignedIn,
                handler=self.sign_up, request=SignUp, status=HTTPStatus.CREATED,
                codes=(codes.WEAK_PASSWORD, codes.BREACHED_PASSWORD, codes.OUTCOME_UNKNOWN, *limits),
                weight=10,
            ),
            Route(
                "POST", "/api/auth/password-strength", Access.EVERYONE,
                "Says how hard a password is to guess, and whether it may be chosen.", PasswordStrength,
                handler=self.password_strength, request=PasswordToJudge, codes=limits, weight=2,
            ),
            Route(
                "POST", "/api/auth/sign-in", Access.EVERYONE, "Signs a person in.", SignedIn,
                handler=self.sign_in, request=SignIn,
                codes=(codes.WRONG_CREDENTIALS, codes.SECOND_FACTOR_REQUIRED, *signing_in), weight=10,
            ),
            Route(
                "POST", "/api/auth/sign-in/code", Access.EVERYONE,
                "Signs a person in by a code for the challenge that the sign-in gave.", SignedIn,
                handler=self.sign_in_with_code, request=SignInCode,
                codes=(codes.WRONG_CODE, codes.CHALLENGE_ENDED, *signing_in), weight=5,
            ),
            Route(
                "POST", "/api/auth/passkey", Access.EVERYONE, "Signs a person in by a passkey.", SignedIn,
                handler=self.sign_in_by_passkey, request=PasskeyAnswer,
                codes=(codes.PASSKEY_REFUSED, codes.TOO_MANY_ATTEMPTS, codes.SIGN_IN_FROZEN), weight=5,
            ),
            Route(
                "POST", "/api/auth/refresh", Access.EVERYONE,
                "Gives the next tokens; the refresh token used is good for ten more seconds.",
                SignedIn, handler=self.refresh, request=RefreshTokens,
                codes=(codes.REFRESH_TOKEN_INVALID,), weight=2,
            ),
            Route(
                "POST", "/api/auth/sign-out", Access.PERSON, "Ends the session of the token.", None,
                handler=self.sign_out, status=HTTPStatus.NO_CONTENT,
            ),
        ]  # fmt: skip

    async def sign_up(self, call: Call[SignUp, Nothing]) -> Reply:
        """POST /api/auth/sign-up."""
        tokens = await self._accounts.sign_up(call.body, _visit(call))
        return self._signed_in(call.headers, tokens, HTTPStatus.CREATED)

    async def password_strength(self, call: Call[PasswordToJudge, Nothing]) -> Reply:
        """POST /api/auth/password-strength."""
        return answer(await self._accounts.password_strength(call.body, call.address))

    async def sign_in(self, call: Call[SignIn, Nothing]) -> Reply:
        """POST /api/auth/sign-in."""
        tokens = await self._accounts.sign_in(call.body, _visit(call))
        return self._signed_in(call.headers, tokens, HTTPStatus.OK)

    async def sign_in_with_code(self, call: Call[SignInCode, Nothing]) -> Reply:
        """POST /api/auth/sign-in/code."""
        tokens = await self._accounts.sign_in_with_code(call.body, _visit(call))
        return self._signed_in(call.headers, tokens, HTTPStatus.OK)

    async def sign_in_by_passkey(self, call: Call[PasskeyAnswer, Nothing]) -> Reply:
        """POST /api/auth/passkey."""
        tokens = await self._accounts.sign_in_by_passkey(call.body.credential, _visit(call))
        return self._signed_in(call.headers, tokens, HTTPStatus.OK)

    async def refresh(self, call: Call[RefreshTokens, Nothing]) -> Reply:
        """POST /api/auth/refresh."""
        token = call.body.refresh_token
        if token is None and is_browser(call.headers):
            token = self._cookie(call.headers)
        if token is None:
            raise CodedError(codes.MISSING_FIELD, field="refresh_token")
        tokens = await self._accounts.refresh(token, call.address)
        return self._signed_in(call.headers, tokens, HTTPStatus.OK)

    async def sign_out(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/auth/sign-out."""
        await self._accounts.sign_out(call.person)
        headers: tuple[Header, ...] = ()
        if is_browser(call.headers):
            headers = (self._set_cookie("", 0),)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT, headers)

    def _signed_in(self, headers: Mapping[bytes, bytes], tokens: Tokens, status: int) -> Reply:
        in_cookie = is_browser(headers)
        body = SignedIn(
            person=str(tokens.person.id),
            account=str(tokens.account),
            display_name=tokens.person.display_name,
            access_token=tokens.access_token,
            token_type="Bearer",  # noqa: S106
            expires_in=tokens.expires_in_s,
            refresh_token=None if in_cookie else tokens.refresh_token,
        )
        extra: tuple[Header, ...] = ()
        if in_cookie:
            extra = (self._set_cookie(tokens.refresh_token, SESSION_LIFE_DAYS * 86_400),)
        return answer(body, tokens.sequence, status, extra)

    def _set_cookie(self, value: str, life_s: int) -> Header:
        kept = f"Max-Age={life_s}; HttpOnly; SameSite=Strict"
        return b"set-cookie", f"{self._cookie_name}={value}; {self._cookie_scope}; {kept}".encode("ascii")

    def _cookie(self, headers: Mapping[bytes, bytes]) -> str | None:
        """Our cookie's value, whatever other programs of the same host have put beside it."""
        for pair in headers.get(b"cookie", b"").decode("latin-1").split(";"):
            name, _, value = pair.strip().partition("=")
            if name == self._cookie_name:
                return value
        return None


def _visit(call: Call[Any, Nothing]) -> Visit:
    return Visit(call.address, kept_user_agent(call.headers.get(b"user-agent", b"")))
