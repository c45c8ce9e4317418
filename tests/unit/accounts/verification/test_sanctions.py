"""The list of sanctions: how its file is read, and who meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cse.accounts.verification.sanctions import SanctionsList
from cse.accounts.verification.settings import VerificationSettings
from cse.runtime.configuration import InvalidConfiguration
from cse.services.edge_verification import DEMO_LIST

LIST = """# names
1961-04-30, Viktor Example; Wiktor  Example

1958, Jose\u0301 Sample-Muller
1990, \u0141oka Sala
1979-11-02, \u0639\u0644\u064a \u0627\u0644\u0645\u062b\u0627\u0644
"""


@pytest.fixture
def listed(tmp_path: Path) -> SanctionsList:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    return SanctionsList.read(tmp_path / "list.csv")


@pytest.mark.parametrize(
    ("name", "born", "hits"),
    [
        ("Viktor Example", "1961-04-30", ["Viktor Example"]),
        ("EXAMPLE,  viktor", "1961-04-30", ["Viktor Example"]),
        # Letters of formulas, wide ones, and those with a stroke are letters.
        ("\U0001d415iktor \uff25xample", "1961-04-30", ["Viktor Example"]),
        ("L\u00f8ka sa\u0142a", "1990-01-01", ["\u0141oka Sala"]),
        ("Wiktor Example", "1961-04-30", ["Wiktor Example"]),
        ("Viktor Example", "1961-04-29", []),
        ("Viktor B. Example", "1961-04-30", []),
        ("Jos\u00e9 Sample Muller", "1958-07-01", ["Jose\u0301 Sample-Muller"]),
        ("Jose Sample Muller", "1959-07-01", []),
        ("\u0639\u0644\u0650\u064a\u0651 \u0627\u0644\u0645\u062b\u0640\u0627\u0644", "1979-11-02",
         ["\u0639\u0644\u064a \u0627\u0644\u0645\u062b\u0627\u0644"]),
        ("Ada Lovelace", "1961-04-30", []),
    ],
)  # fmt: skip
def test_who_meets_it(listed: SanctionsList, name: str, born: str, hits: list[str]) -> None:
    assert [entry.name for entry in listed.hits(name, born)] == hits


@pytest.mark.parametrize(
    "line", ["Viktor Example", "1961-04-31, Viktor Example", "61, Viktor", "1961-04-30,", "1961-04-30, ;"]
)
def test_a_line_that_says_nobody_keeps_an_edge_from_starting(tmp_path: Path, line: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"# names\n{line}\n", "utf-8")
    with pytest.raises(InvalidConfiguration, match="line 2"):
        SanctionsList.read(path)


def test_a_list_that_is_not_there_does_too(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfiguration, match="CSE_SANCTIONS_FILE"):
        SanctionsList.read(tmp_path / "none.csv")


def test_the_demo_has_a_list() -> None:
    assert SanctionsList.read(DEMO_LIST).hits("Viktor Example", "1961-04-30")


def test_what_is_set_and_what_is_when_nothing_is() -> None:
    demo = VerificationSettings.from_environment({}, "demo")
    assert demo == ("simulated", frozenset(), None)
    assert VerificationSettings.from_environment({}, "production").provider == "manual"
    countries = VerificationSettings.from_environment({"CSE_REFUSED_COUNTRIES": "kp, IR"}, "demo")
    assert countries.refused_countries == {"KP", "IR"}


@pytest.mark.parametrize(
    ("environment", "profile"),
    [
        ({"CSE_VERIFICATION_PROVIDER": "simulated"}, "production"),
        ({"CSE_VERIFICATION_PROVIDER": "somebody"}, "demo"),
        ({"CSE_REFUSED_COUNTRIES": "Korea"}, "demo"),
    ],
)
def test_what_cannot_be_meant_keeps_an_edge_from_starting(environment: dict[str, str], profile: str) -> None:
    with pytest.raises(InvalidConfiguration, match=next(iter(environment))):
        VerificationSettings.from_environment(environment, "demo" if profile == "demo" else "production")
