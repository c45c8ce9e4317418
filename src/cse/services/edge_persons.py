"""What an edge does for persons, put together: signing in, what guards that, and what is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cse.accounts.api import AccountsApi
from cse.accounts.closing.api import ClosingApi
from cse.accounts.closing.service import Closings
from cse.accounts.emails.api import EmailVerificationApi
from cse.accounts.emails.change import EmailChanges
from cse.accounts.emails.verification import EmailVerifications
from cse.accounts.events.api import SecurityEventsApi
from cse.accounts.events.service import SecurityEventLog
from cse.accounts.exports.api import ExportsApi
from cse.accounts.exports.service import PersonExports
from cse.accounts.factors.challenges import Challenges
from cse.accounts.factors.passkeys import Passkeys
from cse.accounts.factors.passkeys_api import PasskeysApi
from cse.accounts.factors.second_factor import SecondFactor
from cse.accounts.factors.security_api import SecurityApi
from cse.accounts.factors.step_up import StepUp
from cse.accounts.factors.webauthn import RelyingParty
from cse.accounts.mail.models import MailKind
from cse.accounts.mail.phrases import Phrases
from cse.accounts.mail.sender import Writer
from cse.accounts.notices import Notices
from cse.accounts.notifications.api import NotificationsApi
from cse.accounts.notifications.service import NotificationCentre
from cse.accounts.passwords.change import PasswordChanges
from cse.accounts.passwords.change_api import PasswordChangeApi
from cse.accounts.passwords.credentials import Credentials
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.passwords.reset import PasswordResets
from cse.accounts.passwords.reset_api import PasswordResetApi
from cse.accounts.preferences.api import PreferencesApi
from cse.accounts.preferences.service import PersonPreferences
from cse.accounts.price_alerts.api import PriceAlertsApi
from cse.accounts.price_alerts.service import PersonPriceAlerts
from cse.accounts.service import Accounts
from cse.accounts.sessions import token_keys
from cse.accounts.sessions.api import SessionsApi
from cse.accounts.sessions.service import PersonSessions
from cse.accounts.sessions.tokens import AccessTokens, RefreshTokens
from cse.accounts.workspace.api import WorkspaceApi
from cse.accounts.workspace.service import PersonWorkspace
from cse.engine.client import ReplicaClient
from cse.marketdata.listing import Listing
from cse.runtime.configuration import Configuration
from cse.runtime.encryption import Encryption
from cse.runtime.http.route import Route
from cse.runtime.outbox import OutcomeWatch
from cse.runtime.postgres import Pool


class PersonRooms(NamedTuple):
    """The use cases of persons, each about whoever asks."""

    accounts: Accounts
    password_resets: PasswordResets
    password_changes: PasswordChanges
    email_verifications: EmailVerifications
    email_changes: EmailChanges
    sessions: PersonSessions
    second_factor: SecondFactor
    passkeys: Passkeys
    step_up: StepUp
    events: SecurityEventLog
    preferences: PersonPreferences
    notifications: NotificationCentre
    price_alerts: PersonPriceAlerts
    workspace: PersonWorkspace
    closings: Closings
    exports: PersonExports
    notices: Notices

    def routes(self, *, secure_cookies: bool, origin: str | None) -> list[Route]:
        """Their rows of the table. `origin` is that of the pages which cookies are for."""
        return [
            *AccountsApi(self.accounts, secure_cookies=secure_cookies, origin=origin).routes(),
            *PasswordResetApi(self.password_resets).routes(),
            *PasswordChangeApi(self.password_changes).routes(),
            *EmailVerificationApi(self.email_verifications, self.email_changes).routes(),
            *SessionsApi(self.sessions).routes(),
            *SecurityApi(self.second_factor, self.passkeys, self.step_up).routes(),
            *PasskeysApi(self.passkeys).routes(),
            *SecurityEventsApi(self.events).routes(),
            *PreferencesApi(self.preferences).routes(),
            *NotificationsApi(self.notifications).routes(),
            *PriceAlertsApi(self.price_alerts).routes(),
            *WorkspaceApi(self.workspace).routes(),
            *ClosingApi(self.closings).routes(),
            *ExportsApi(self.exports).routes(),
        ]

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes their mails."""
        return {
            **self.password_resets.writers(),
            **self.email_verifications.writers(),
            **self.email_changes.writers(),
            **self.notices.writers(),
        }


def edge_persons(
    configuration: Configuration,
    accounts_pool: Pool,
    audit_pool: Pool,
    outcomes: OutcomeWatch,
    replica: ReplicaClient,
    listing: Listing,
    passwords: Passwords,
    access_tokens: AccessTokens,
    encryption: Encryption,
    phrases: Phrases,
) -> PersonRooms:
    """What serves persons on an edge. `audit_pool` are connections as `cse.audit.roles.READ_ROLE`."""
    origin = configuration.page_origin
    refresh_tokens = RefreshTokens(token_keys.refresh_token_key(configuration.secrets))
    credentials = Credentials(accounts_pool, passwords)
    second_factor = SecondFactor(accounts_pool, encryption)
    challenges = Challenges(accounts_pool, second_factor)
    passkeys = Passkeys(accounts_pool, RelyingParty.of(origin))
    return PersonRooms(
        accounts=Accounts(
            accounts_pool, outcomes, replica, passwords, credentials, challenges, passkeys, access_tokens,
            refresh_tokens,
        ),
        password_resets=PasswordResets(accounts_pool, passwords, access_tokens, origin),
        password_changes=PasswordChanges(accounts_pool, credentials, passwords, access_tokens),
        email_verifications=EmailVerifications(accounts_pool, origin, phrases),
        email_changes=EmailChanges(accounts_pool, credentials, passwords, access_tokens, origin),
        sessions=PersonSessions(accounts_pool, access_tokens),
        second_factor=second_factor,
        passkeys=passkeys,
        step_up=StepUp(accounts_pool, credentials, second_factor, passkeys),
        events=SecurityEventLog(audit_pool),
        preferences=PersonPreferences(accounts_pool),
        notifications=NotificationCentre(accounts_pool),
        price_alerts=PersonPriceAlerts(accounts_pool, listing.market_now),
        workspace=PersonWorkspace(accounts_pool),
        closings=Closings(accounts_pool, outcomes, replica, access_tokens),
        exports=PersonExports(accounts_pool, encryption),
        notices=Notices(origin),
    )  # fmt: skip
