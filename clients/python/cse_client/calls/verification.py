"""Being verified: an application, its documents, and handing it in."""

from __future__ import annotations

from typing import Literal

from cse_client.calls.calls import Calls
from cse_client.models import NewApplication, VerificationView
from cse_client.requests import File, target


class VerificationCalls(Calls):
    """What a person does about their own verification."""

    async def verification(self) -> VerificationView:
        """How far the person is verified, and what they have applied for."""
        return await self._requests.ask("GET", "/api/verification", VerificationView)

    async def apply_for_verification(self, application: NewApplication) -> VerificationView:
        """Begins an application, or changes the one that is not handed in."""
        path = "/api/verification/application"
        return await self._requests.ask("POST", path, VerificationView, body=application)

    async def add_document(
        self,
        kind: Literal["identity", "address"],
        content: bytes,
        media_type: Literal["image/jpeg", "image/png", "application/pdf"],
    ) -> VerificationView:
        """Adds a document to the application. It is not sent again by itself, for it would be there twice."""
        path = target("verification", "documents", kind=kind)
        file = File(media_type, content)
        return await self._requests.ask("POST", path, VerificationView, file=file, repeatable=False)

    async def remove_document(self, document_id: str) -> VerificationView:
        """Takes a document away from the application."""
        path = target("verification", "documents", document_id)
        return await self._requests.ask("DELETE", path, VerificationView, repeatable=False)

    async def hand_in_verification(self) -> VerificationView:
        """Hands the application in. From then on it can be taken back, and not changed."""
        path = "/api/verification/submission"
        return await self._requests.ask("POST", path, VerificationView, repeatable=False)

    async def withdraw_verification(self) -> None:
        """Takes the application back, which erases it."""
        path = "/api/verification/application"
        await self._requests.ask("DELETE", path, type(None), repeatable=False)
