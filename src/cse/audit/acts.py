"""What can be done outside the journal: a closed list, so that nothing is recorded under two names."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What was done, or tried where the event has a refusal."""

    PERSON_ADDED = "person.added"
    PASSWORD_REHASHED = "password.rehashed"  # noqa: S105
    PASSWORD_RESET_ASKED = "password.reset_asked"  # noqa: S105
    PASSWORD_RESET = "password.reset"  # noqa: S105
    PASSWORD_CHANGED = "password.changed"  # noqa: S105
    EMAIL_VERIFIED = "email.verified"
    EMAIL_CHANGE_ASKED = "email.change_asked"
    EMAIL_CHANGED = "email.changed"
    EMAIL_CHANGE_UNDONE = "email.change_undone"
    MAIL_PHRASE_SET = "mail_phrase.set"
    MAIL_PHRASE_REMOVED = "mail_phrase.removed"
    PREFERENCES_CHANGED = "preferences.changed"
    LINK_GIVEN = "link.given"
    SESSION_BEGUN = "session.begun"
    SESSION_CHALLENGED = "session.challenged"
    SESSION_MOVED = "session.moved"
    SESSION_NAMED = "session.named"
    SESSION_ENDED = "session.ended"
    LIMIT_REACHED = "limit.reached"
    STEP_UP_TAKEN = "step_up.taken"
    TOTP_BEGUN = "totp.begun"
    TOTP_CONFIRMED = "totp.confirmed"
    TOTP_REMOVED = "totp.removed"
    RECOVERY_CODES_GIVEN = "recovery_codes.given"
    RECOVERY_CODE_USED = "recovery_code.used"
    PASSKEY_ADDED = "passkey.added"
    PASSKEY_NAMED = "passkey.named"
    PASSKEY_REMOVED = "passkey.removed"
    API_KEY_MADE = "api_key.made"
    API_KEY_CHANGED = "api_key.changed"
    API_KEY_REVOKED = "api_key.revoked"
    API_KEY_SEALED_ANEW = "api_key.sealed_anew"
    SUB_ACCOUNT_OPENED = "sub_account.opened"
    SUB_ACCOUNT_NAMED = "sub_account.named"
    SUB_ACCOUNT_ARCHIVED = "sub_account.archived"
    SUB_ACCOUNT_RESTORED = "sub_account.restored"
    TRANSFER_MADE = "transfer.made"
    FAUCET_GIVEN = "faucet.given"
    CREATOR_INTRODUCED = "creator.introduced"
    OPERATOR_COMMAND = "operator.command"
    PERSON_FROZEN = "person.frozen"
    PERSON_UNFROZEN = "person.unfrozen"
    PERSON_VIEWED = "person.viewed"
    PEOPLE_SEARCHED = "people.searched"
    FEE_TIER_SET = "fee_tier.set"
    ROLE_GRANTED = "role.granted"
    ROLE_TAKEN = "role.taken"
    INCIDENT_BEGUN = "incident.begun"
    INCIDENT_ENDED = "incident.ended"
    AUDIT_EXPORTED = "audit.exported"
