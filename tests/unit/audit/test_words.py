"""Whatever can happen to an account has words for it in the settings, in every language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cse.audit.acts import Act

MESSAGES = Path(__file__).parents[3] / "web" / "messages"
# Of nobody's account.
OTHERS = {
    Act.CREATOR_INTRODUCED,
    Act.PASSWORD_RESET_ASKED,
    Act.INCIDENT_BEGUN,
    Act.INCIDENT_ENDED,
    Act.PERSON_VIEWED,
    Act.PEOPLE_SEARCHED,
    Act.AUDIT_SEARCHED,
    Act.FLAGS_SEARCHED,
    Act.MAIL_GIVEN_UP,
    Act.MAIL_RETRIED,
    Act.MARKET_BAND_SET,
    Act.MARKET_CREATED,
    Act.MARKET_FEES_SET,
    Act.MARKET_LIMITS_SET,
    Act.MARKET_ORDERS_CANCELLED,
    Act.MARKET_PROMOTION_SET,
    Act.MARKET_RISK_SET,
    Act.MARKET_STATUS_SET,
    Act.RATE_SET,
    Act.REQUEST_APPROVED,
    Act.REQUEST_ASKED,
    Act.REQUEST_REFUSED,
    Act.REQUEST_WITHDRAWN,
    Act.VERIFICATION_DOCUMENT_VIEWED,
    Act.VERIFICATION_VIEWED,
    Act.VERIFICATIONS_LISTED,
    Act.VERIFICATIONS_SEALED_ANEW,
}


# What members do has words on the page of their organisation, and one for all in the settings.
OF_ORGANISATIONS = {act for act in Act if act.startswith(("organisation.", "member.", "approval."))}


@pytest.mark.parametrize("language", [folder.name for folder in sorted(MESSAGES.iterdir())])
def test_every_act_that_a_person_sees_has_words(language: str) -> None:
    words = json.loads((MESSAGES / language / "activity.json").read_text())["acts"]
    assert set(words) == {act.replace(".", "_") for act in Act if act not in OTHERS | OF_ORGANISATIONS}
    log = json.loads((MESSAGES / language / "organisations.json").read_text())["log"]["acts"]
    assert set(log) == {act.replace(".", "_") for act in OF_ORGANISATIONS}
