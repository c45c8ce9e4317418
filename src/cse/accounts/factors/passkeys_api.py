"""Routes of passkeys. The one that signs in stands with the others that do."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.models import NamedPasskey, NewPasskey, PasskeyAdded, PasskeyOptions
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class PasskeysApi:
    """Parse, call, answer."""

    def __init__(self, passkeys: Passkeys) -> None:
        self._passkeys = passkeys

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, unknown = Access.PERSON, (codes.NOT_FOUND,)
        limits = (codes.TOO_MANY_ATTEMPTS,)
        no_content = HTTPStatus.NO_CONTENT
        return [
            Route("POST", "/api/security/passkeys/begin", person, "What a browser makes a passkey from.",
                  PasskeyOptions, handler=self.begin_registration, codes=limits, step_up=True),
            Route("POST", "/api/security/passkeys", person, "Adds the passkey that a browser made.",
                  PasskeyAdded, handler=self.register, request=NewPasskey, status=HTTPStatus.CREATED,
                  codes=(codes.PASSKEY_REFUSED, codes.PASSKEY_LIMIT), step_up=True),
            Route("PATCH", "/api/security/passkeys/{id}", person, "Names a passkey.", None,
                  handler=self.rename, request=NamedPasskey, status=no_content, codes=unknown),
            Route("DELETE", "/api/security/passkeys/{id}", person, "Removes a passkey.", None,
                  handler=self.remove, status=no_content, codes=unknown, step_up=True),
            Route("POST", "/api/auth/passkey/begin", Access.EVERYONE, "What a browser signs in by.",
                  PasskeyOptions, handler=self.begin_sign_in, codes=limits),
            Route("POST", "/api/auth/step-up/passkey", person, "What a browser shows a passkey by.",
                  PasskeyOptions, handler=self.begin_step_up, codes=limits),
        ]  # fmt: skip

    async def begin_registration(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/security/passkeys/begin."""
        return answer(PasskeyOptions(await self._passkeys.begin_registration(call.person)))

    async def register(self, call: Call[NewPasskey, Nothing]) -> Reply:
        """POST /api/security/passkeys."""
        added = await self._passkeys.register(call.person, call.body.credential, call.body.name)
        return answer(added, 0, HTTPStatus.CREATED)

    async def rename(self, call: Call[NamedPasskey, Nothing]) -> Reply:
        """PATCH /api/security/passkeys/{id}."""
        await self._passkeys.rename(call.person, call.path["id"], call.body.name)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def remove(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/security/passkeys/{id}."""
        await self._passkeys.remove(call.person, call.path["id"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def begin_sign_in(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/auth/passkey/begin."""
        return answer(PasskeyOptions(await self._passkeys.begin_sign_in(call.address)))

    async def begin_step_up(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/auth/step-up/passkey."""
        return answer(PasskeyOptions(await self._passkeys.begin_step_up(call.person)))
