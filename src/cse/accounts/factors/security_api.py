"""Routes of what guards an account: the second factor, and steps up."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.factors.second_factor import SecondFactor
from cse.accounts.factors.step_up import StepUp
from cse.accounts.models import RecoveryCodes, Security, StepUpProof, TotpCode, TotpEnrolment
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class SecurityApi:
    """Parse, call, answer."""

    def __init__(self, second_factor: SecondFactor, passkeys: Passkeys, step_up: StepUp) -> None:
        self._second_factor = second_factor
        self._passkeys = passkeys
        self._step_up = step_up

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, limits = Access.PERSON, (codes.TOO_MANY_ATTEMPTS, codes.OVERLOADED)
        missing = (codes.SECOND_FACTOR_MISSING,)
        return [
            Route("GET", "/api/security", person, "What guards the account.", Security,
                  handler=self.security),
            Route("POST", "/api/auth/step-up", person, "Shows again that it is the same person.", None,
                  handler=self.take_step_up, request=StepUpProof, status=HTTPStatus.NO_CONTENT,
                  codes=(codes.WRONG_CODE, codes.WRONG_CREDENTIALS, codes.PASSKEY_REFUSED, *limits),
                  weight=10),
            Route("POST", "/api/security/totp", person, "Gives a secret for an authenticator.",
                  TotpEnrolment, handler=self.begin_totp, status=HTTPStatus.CREATED,
                  codes=(codes.SECOND_FACTOR_EXISTS,), step_up=True),
            Route("POST", "/api/security/totp/confirm", person,
                  "Makes the authenticator count, by a first code of it.", RecoveryCodes,
                  handler=self.confirm_totp, request=TotpCode,
                  codes=(codes.WRONG_CODE, *missing, *limits), step_up=True),
            Route("DELETE", "/api/security/totp", person, "Takes the authenticator away.", None,
                  handler=self.remove_totp, status=HTTPStatus.NO_CONTENT, codes=missing, step_up=True),
            Route("POST", "/api/security/recovery-codes", person, "Gives new recovery codes for the old.",
                  RecoveryCodes, handler=self.renew_codes, codes=missing, step_up=True),
        ]  # fmt: skip

    async def security(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/security."""
        passkeys = await self._passkeys.all(call.person)
        return answer(await self._second_factor.security(call.person, passkeys))

    async def take_step_up(self, call: Call[StepUpProof, Nothing]) -> Reply:
        """POST /api/auth/step-up."""
        await self._step_up.take(call.person, call.body, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def begin_totp(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/security/totp."""
        return answer(await self._second_factor.begin_totp(call.person), 0, HTTPStatus.CREATED)

    async def confirm_totp(self, call: Call[TotpCode, Nothing]) -> Reply:
        """POST /api/security/totp/confirm."""
        return answer(await self._second_factor.confirm_totp(call.person, call.body.code, call.address))

    async def remove_totp(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/security/totp."""
        await self._second_factor.remove_totp(call.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def renew_codes(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/security/recovery-codes."""
        return answer(await self._second_factor.renew_codes(call.person))
