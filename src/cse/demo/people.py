"""Persons of the demo: made by the public API once, and known again at every start."""

from __future__ import annotations

from cse.demo.credentials import Credentials
from cse_client import ApiError, CseClient, codes


async def enter(client: CseClient, credentials: Credentials) -> None:
    """Signs a person in, and up where the exchange does not know the person yet.

    Raises:
        ApiError: it was refused.
    """
    try:
        await client.sign_in(credentials.email, credentials.password)
    except ApiError as error:
        if error.code != codes.WRONG_CREDENTIALS:
            raise
        await client.sign_up(credentials.email, credentials.password, credentials.display_name)
