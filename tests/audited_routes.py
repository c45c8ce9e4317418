"""What becomes of each route that changes something: an event of the audit log, or why there is none."""

from __future__ import annotations

from typing import Final, TypeAlias

from cse.audit.acts import Act

RouteName: TypeAlias = tuple[str, str]

# The act that a request which succeeds is recorded as. A new route has a row here or below.
AUDITED: Final[dict[RouteName, Act]] = {
    ("POST", "/api/auth/sign-up"): Act.PERSON_ADDED,
    ("POST", "/api/auth/sign-in"): Act.SESSION_BEGUN,
    ("POST", "/api/auth/sign-in/code"): Act.SESSION_BEGUN,
    ("POST", "/api/auth/passkey"): Act.SESSION_BEGUN,
    ("POST", "/api/auth/sign-out"): Act.SESSION_ENDED,
    ("POST", "/api/auth/password-reset/complete"): Act.PASSWORD_RESET,
    ("POST", "/api/auth/verify-email"): Act.EMAIL_VERIFIED,
    ("POST", "/api/security/password"): Act.PASSWORD_CHANGED,
    ("POST", "/api/account/closing"): Act.PERSON_CLOSED,
    ("POST", "/api/account/exports"): Act.EXPORT_ASKED,
    ("POST", "/api/verification/application"): Act.VERIFICATION_BEGUN,
    ("DELETE", "/api/verification/application"): Act.VERIFICATION_WITHDRAWN,
    ("POST", "/api/verification/documents"): Act.VERIFICATION_DOCUMENT_ADDED,
    ("DELETE", "/api/verification/documents/{id}"): Act.VERIFICATION_DOCUMENT_REMOVED,
    ("POST", "/api/verification/submission"): Act.VERIFICATION_SUBMITTED,
    ("POST", "/api/admin/verifications/{id}/approve"): Act.VERIFICATION_APPROVED,
    ("POST", "/api/admin/verifications/{id}/refuse"): Act.VERIFICATION_REFUSED,
    ("PATCH", "/api/preferences"): Act.PREFERENCES_CHANGED,
    ("POST", "/api/security/email"): Act.EMAIL_CHANGE_ASKED,
    ("POST", "/api/auth/email-change/undo"): Act.EMAIL_CHANGE_UNDONE,
    ("POST", "/api/security/mail-phrase"): Act.MAIL_PHRASE_SET,
    ("DELETE", "/api/security/mail-phrase"): Act.MAIL_PHRASE_REMOVED,
    ("POST", "/api/auth/step-up"): Act.STEP_UP_TAKEN,
    ("DELETE", "/api/sessions"): Act.SESSION_ENDED,
    ("PATCH", "/api/sessions/{id}"): Act.SESSION_NAMED,
    ("DELETE", "/api/sessions/{id}"): Act.SESSION_ENDED,
    ("POST", "/api/security/totp"): Act.TOTP_BEGUN,
    ("POST", "/api/security/totp/confirm"): Act.TOTP_CONFIRMED,
    ("DELETE", "/api/security/totp"): Act.TOTP_REMOVED,
    ("POST", "/api/security/recovery-codes"): Act.RECOVERY_CODES_GIVEN,
    ("POST", "/api/security/passkeys"): Act.PASSKEY_ADDED,
    ("PATCH", "/api/security/passkeys/{id}"): Act.PASSKEY_NAMED,
    ("DELETE", "/api/security/passkeys/{id}"): Act.PASSKEY_REMOVED,
    ("POST", "/api/keys"): Act.API_KEY_MADE,
    ("PATCH", "/api/keys/{id}"): Act.API_KEY_CHANGED,
    ("DELETE", "/api/keys/{id}"): Act.API_KEY_REVOKED,
    ("POST", "/api/accounts"): Act.SUB_ACCOUNT_OPENED,
    ("PATCH", "/api/accounts/{account}"): Act.SUB_ACCOUNT_NAMED,
    ("POST", "/api/accounts/{account}/archive"): Act.SUB_ACCOUNT_ARCHIVED,
    ("POST", "/api/accounts/{account}/restore"): Act.SUB_ACCOUNT_RESTORED,
    ("POST", "/api/transfers"): Act.TRANSFER_MADE,
    ("POST", "/api/faucet"): Act.FAUCET_GIVEN,
    ("POST", "/api/admin/people/{id}/freeze"): Act.PERSON_FROZEN,
    ("POST", "/api/admin/people/{id}/unfreeze"): Act.REQUEST_ASKED,
    ("POST", "/api/admin/people/{id}/fee-tier"): Act.FEE_TIER_SET,
    ("POST", "/api/admin/markets"): Act.MARKET_CREATED,
    ("POST", "/api/admin/markets/{market}/status"): Act.MARKET_STATUS_SET,
    ("POST", "/api/admin/markets/{market}/band"): Act.MARKET_BAND_SET,
    ("POST", "/api/admin/markets/{market}/limits"): Act.MARKET_LIMITS_SET,
    ("POST", "/api/admin/markets/{market}/risk"): Act.MARKET_RISK_SET,
    ("POST", "/api/admin/markets/{market}/cancel-orders"): Act.MARKET_ORDERS_CANCELLED,
    ("POST", "/api/admin/markets/{market}/fees"): Act.REQUEST_ASKED,
    ("POST", "/api/admin/markets/{market}/promotion"): Act.REQUEST_ASKED,
    ("DELETE", "/api/admin/markets/{market}/promotion"): Act.MARKET_PROMOTION_SET,
    ("POST", "/api/admin/markets/{market}/delist"): Act.REQUEST_ASKED,
    ("POST", "/api/admin/requests/{id}/approve"): Act.REQUEST_APPROVED,
    ("POST", "/api/admin/requests/{id}/refuse"): Act.REQUEST_REFUSED,
    ("DELETE", "/api/admin/requests/{id}"): Act.REQUEST_WITHDRAWN,
    ("POST", "/api/admin/jobs/mails/{id}/retry"): Act.MAIL_RETRIED,
    ("POST", "/api/admin/jobs/mails/{id}/give-up"): Act.MAIL_GIVEN_UP,
    ("POST", "/api/admin/operators"): Act.REQUEST_ASKED,
    ("DELETE", "/api/admin/operators/{id}/roles/{role}"): Act.ROLE_TAKEN,
    ("POST", "/api/admin/incidents"): Act.INCIDENT_BEGUN,
    ("DELETE", "/api/admin/incidents/current"): Act.INCIDENT_ENDED,
}

# What they do is a command in the journal, which is not told twice.
JOURNALLED: Final[frozenset[RouteName]] = frozenset(
    {
        ("POST", "/api/orders"),
        ("POST", "/api/orders/list"),
        ("POST", "/api/orders/batch"),
        ("POST", "/api/orders/cancel-batch"),
        ("POST", "/api/orders/cancel-after"),
        ("POST", "/api/orders/replace"),
        ("PATCH", "/api/orders/{id}"),
        ("PATCH", "/api/orders/by-client-id/{client_order_id}"),
        ("DELETE", "/api/orders/{id}"),
        ("DELETE", "/api/orders/by-client-id/{client_order_id}"),
        ("DELETE", "/api/orders"),
    }
)

CHALLENGE: Final = "what is kept is a challenge, for minutes; nothing is allowed by it before it is answered"
NOT_AUDITED: Final[dict[RouteName, str]] = {
    ("POST", "/api/auth/passkey/begin"): CHALLENGE,
    ("POST", "/api/auth/step-up/passkey"): CHALLENGE,
    ("POST", "/api/security/passkeys/begin"): CHALLENGE,
    ("POST", "/api/auth/password-strength"): "a password is looked at, and nothing is kept",
    ("POST", "/api/notifications/read"): "what was told is still there, and nothing is allowed by it",
    ("POST", "/api/auth/password-reset"): "recorded without a person, alike for an e-mail that nobody has",
    ("POST", "/api/security/email/verification"): "the link that comes of it is recorded as it is written",
    ("POST", "/api/auth/refresh"): "the sign-in goes on as it is; from another address it is recorded",
}
