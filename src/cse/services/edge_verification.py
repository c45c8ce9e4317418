"""How an edge verifies persons, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from cse.accounts.verification.providers.handing import Handing, ReviewAnswers
from cse.accounts.verification.providers.manual import ManualReview
from cse.accounts.verification.providers.port import VerificationPort
from cse.accounts.verification.providers.simulated import SimulatedProvider
from cse.accounts.verification.review import Reviews
from cse.accounts.verification.sanctions import SanctionsList
from cse.accounts.verification.sealing import Sealing
from cse.accounts.verification.service import Verifications, forget
from cse.accounts.verification.settings import VerificationSettings
from cse.runtime.configuration import Configuration
from cse.runtime.encryption import Encryption
from cse.runtime.postgres import Pool

# Of nobody who lives: so that a demo has somebody to meet.
DEMO_LIST: Final = Path(__file__).parent / "demo_sanctions.csv"


class EdgeVerification(NamedTuple):
    """What persons and reviewers use, and what works behind them."""

    verifications: Verifications
    reviews: Reviews
    sealing: Sealing
    handing: Handing
    simulated: SimulatedProvider | None
    pool: Pool

    async def run(self) -> None:
        """Hands applications over, and answers for the simulated provider, until cancelled."""
        works = [self.handing.run(), *([] if self.simulated is None else [self.simulated.run()])]
        await asyncio.gather(*works)

    async def sweep(self) -> None:
        """Forgets what was kept for long enough, and seals anew what was sealed with another key."""
        await forget(self.pool)
        await self.sealing.seal_anew(self.pool)


def edge_verification(
    configuration: Configuration, environment: Mapping[str, str], pool: Pool, encryption: Encryption
) -> EdgeVerification:
    """Of the way that is set. `pool` are connections as the accounts' role.

    Raises:
        InvalidConfiguration: what is set cannot be meant, or the list of sanctions cannot be read.
    """
    settings = VerificationSettings.from_environment(environment, configuration.profile)
    sealing = Sealing(encryption)
    sanctions = sanctions_list(settings, configuration)
    reviews = Reviews(pool, sealing, sanctions)
    answers = ReviewAnswers(reviews, settings.provider)
    simulated = SimulatedProvider(pool, answers) if settings.provider == "simulated" else None
    port: VerificationPort = ManualReview() if simulated is None else simulated
    return EdgeVerification(
        verifications=Verifications(pool, sealing, sanctions, settings.refused_countries),
        reviews=reviews,
        sealing=sealing,
        handing=Handing(pool, sealing, port, answers),
        simulated=simulated,
        pool=pool,
    )


def sanctions_list(settings: VerificationSettings, configuration: Configuration) -> SanctionsList:
    """The list that is set; in a demo without one a made-up one, and else an empty one."""
    if settings.sanctions_file is not None:
        return SanctionsList.read(settings.sanctions_file)
    return SanctionsList.read(DEMO_LIST) if configuration.profile == "demo" else SanctionsList()
