"""How persons are verified, as the environment says it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from cse.domain.countries import COUNTRIES
from cse.runtime.configuration import InvalidConfiguration, Profile

ProviderName: TypeAlias = Literal["manual", "simulated"]


class VerificationSettings(NamedTuple):
    """Who looks at applications, of which countries nobody can be verified, and the list of sanctions.

    `sanctions_file` is None where there is none.
    """

    provider: ProviderName
    refused_countries: frozenset[str]
    sanctions_file: Path | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], profile: Profile) -> VerificationSettings:
        """Reads `CSE_VERIFICATION_PROVIDER`, `CSE_REFUSED_COUNTRIES` and `CSE_SANCTIONS_FILE`.

        Raises:
            InvalidConfiguration: names the variable and what it may be.
        """
        file = environment.get("CSE_SANCTIONS_FILE") or None
        return cls(
            provider=_provider(environment.get("CSE_VERIFICATION_PROVIDER") or "", profile),
            refused_countries=_countries(environment.get("CSE_REFUSED_COUNTRIES") or ""),
            sanctions_file=None if file is None else Path(file).absolute(),
        )


def _provider(text: str, profile: Profile) -> ProviderName:
    match text:
        case "":
            return "simulated" if profile == "demo" else "manual"
        case "manual":
            return "manual"
        case "simulated" if profile == "demo":
            return "simulated"
        case "simulated":
            raise InvalidConfiguration("CSE_VERIFICATION_PROVIDER is 'simulated', which is for a demo alone")
    raise InvalidConfiguration(f"CSE_VERIFICATION_PROVIDER is {text!r}; it may be manual or simulated")


def _countries(text: str) -> frozenset[str]:
    found = frozenset(part.strip().upper() for part in text.split(",") if part.strip())
    if unknown := sorted(found - COUNTRIES):
        raise InvalidConfiguration(
            f"CSE_REFUSED_COUNTRIES: {', '.join(unknown)} is no country by its two letters (ISO 3166-1)"
        )
    return found
