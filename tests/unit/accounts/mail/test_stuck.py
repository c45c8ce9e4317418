"""Which mails an operator may have sent again at any time: those that are true for ever, and have no link."""

from __future__ import annotations

from typing import Any, Final

from cse.accounts.emails.change import EmailChanges
from cse.accounts.emails.verification import EmailVerifications
from cse.accounts.mail.models import MailKind
from cse.accounts.mail.stuck import NOTICES
from cse.accounts.notices import Notices
from cse.accounts.organisations.notices import OrganisationNotices
from cse.accounts.organisations.service import Organisations
from cse.accounts.passwords.reset import PasswordResets

_NONE: Final[Any] = None


def test_each_mail_is_a_notice_or_has_a_link() -> None:
    with_links = {
        *PasswordResets(_NONE, _NONE, _NONE, "").writers(),
        *EmailVerifications(_NONE, "", _NONE).writers(),
        *EmailChanges(_NONE, _NONE, _NONE, _NONE, "").writers(),
        *Organisations(_NONE, _NONE, "").writers(),
        # What is asked for is open for some days.
        *OrganisationNotices("").writers(),
    }
    assert set(NOTICES) == set(Notices("").writers())
    assert not with_links & set(NOTICES)
    assert with_links | set(NOTICES) == set(MailKind)
