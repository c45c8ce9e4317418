"""What the accounts' room has of a person, without what would open anything: hashes, secrets, links."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final

import msgspec

from cse.accounts.events.service import event_view
from cse.audit import log
from cse.runtime.exporting import FETCH, Row, Subject, Whose, selected
from cse.runtime.postgres import Connected

_PROFILE: Final = """
    SELECT id, email, email_verified_at, display_name, account::text, created_at, credentials_changed_at,
        verified_level,
        mail_phrase IS NOT NULL AS has_mail_phrase, frozen_at, closed_at, (
            SELECT jsonb_build_object('email', wanted.email, 'asked_at', wanted.asked_at)
            FROM accounts.email_changes AS wanted WHERE wanted.person = persons.id
        ) AS email_change
    FROM accounts.persons WHERE id = %(person)s"""
_SUB_ACCOUNTS: Final = """
    SELECT account::text, name, created_at, archived_at FROM accounts.sub_accounts
    WHERE person = %(person)s ORDER BY outbox_number"""
_SESSIONS: Final = """
    SELECT id, name, user_agent, address, created_at, rotated_at AS last_seen_at, verified_at, verified_by,
        expires_at, ended_at, end_reason
    FROM accounts.sessions WHERE person = %(person)s ORDER BY created_at, id"""
_ADDRESSES: Final = """
    SELECT address, last_at FROM accounts.known_addresses WHERE person = %(person)s ORDER BY last_at"""
_FACTORS: Final = """
    SELECT 'authenticator app' AS factor, NULL AS name, NULL AS relying_party, created_at,
        confirmed_at, NULL::timestamptz AS last_used_at
    FROM accounts.totp WHERE person = %(person)s
    UNION ALL
    SELECT 'passkey', name, relying_party, created_at, created_at, last_used_at
    FROM accounts.passkeys WHERE person = %(person)s
    UNION ALL
    SELECT 'recovery code', NULL, NULL, NULL, NULL, used_at
    FROM accounts.recovery_codes WHERE person = %(person)s"""
_API_KEYS: Final = """
    SELECT id, label, algorithm, scopes, allowed_networks::text[], accounts::text[], created_at, expires_at,
        last_used_at, last_used_from, revoked_at
    FROM accounts.api_keys WHERE person = %(person)s ORDER BY id"""
_PREFERENCES: Final = """
    SELECT version, chosen, changed_at FROM accounts.preferences WHERE person = %(person)s"""
_NOTIFICATIONS: Final = """
    SELECT id, kind, facts, count, created_at, updated_at, read_at FROM accounts.notifications
    WHERE person = %(person)s ORDER BY id"""
_PRICE_ALERTS: Final = """
    SELECT id, market_name AS market, price_text AS price, direction, by_mail, created_at, reached_at
    FROM accounts.price_alerts WHERE person = %(person)s ORDER BY id"""
_WORKSPACE: Final = """
    SELECT name, text, changed_at FROM accounts.workspace WHERE person = %(person)s ORDER BY name"""
# What was sent to them by what others did is theirs too, where it is known that they read it.
_MAILS: Final = """
    SELECT kind, recipient, facts - 'person' AS facts, created_at, ended_at, outcome
    FROM accounts.mail_queue
    WHERE facts ->> 'person' = %(person)s::text OR recipient = (
        SELECT email FROM accounts.persons WHERE id = %(person)s AND email_verified_at IS NOT NULL
    )
    ORDER BY created_at, id"""
# What it says of the person and the documents are sealed, and given to nobody but reviewers.
_VERIFICATIONS: Final = """
    SELECT id, level, state, created_at, submitted_at, decided_at, reason, (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kind', kind, 'media_type', media_type, 'size_bytes', size_bytes) ORDER BY document.id), '[]')
            FROM accounts.verification_documents AS document WHERE document.verification = verifications.id
        ) AS documents
    FROM accounts.verifications WHERE person = %(person)s ORDER BY id"""
_EXPORTS: Final = """
    SELECT id, asked_at, ended_at, expires_at, fetched_at FROM accounts.exports
    WHERE person = %(person)s ORDER BY asked_at"""

_ORGANISATIONS: Final = """
    SELECT organisation, name, roles, joined_at
    FROM accounts.organisation_members JOIN accounts.organisations ON id = organisation
    WHERE person = %(person)s ORDER BY joined_at, organisation"""
# Without the facts, which are of other members.
_REQUESTS: Final = """
    SELECT 'asked' AS did, id AS request, organisation, act, asked_at AS at, outcome
    FROM accounts.organisation_requests WHERE asked_by = %(person)s
    UNION ALL
    SELECT 'approved', request, organisation, act, approved_at, outcome
    FROM accounts.organisation_approvals JOIN accounts.organisation_requests ON id = request
    WHERE person = %(person)s
    ORDER BY at, request"""

OWN: Final = (
    Subject("profile", ("accounts.persons", "accounts.email_changes"), selected(_PROFILE)),
    Subject("sub_accounts", ("accounts.sub_accounts",), selected(_SUB_ACCOUNTS)),
    Subject("sessions", ("accounts.sessions",), selected(_SESSIONS)),
    Subject("known_addresses", ("accounts.known_addresses",), selected(_ADDRESSES)),
    Subject(
        "second_factors",
        ("accounts.totp", "accounts.passkeys", "accounts.recovery_codes"),
        selected(_FACTORS),
    ),
    Subject("api_keys", ("accounts.api_keys",), selected(_API_KEYS)),
    Subject("preferences", ("accounts.preferences",), selected(_PREFERENCES)),
    Subject("notifications", ("accounts.notifications",), selected(_NOTIFICATIONS)),
    Subject("price_alerts", ("accounts.price_alerts",), selected(_PRICE_ALERTS)),
    Subject("workspace", ("accounts.workspace",), selected(_WORKSPACE)),
    Subject(
        "verifications",
        ("accounts.verifications", "accounts.verification_documents"),
        selected(_VERIFICATIONS),
    ),
    Subject("mails", ("accounts.mail_queue",), selected(_MAILS)),
    Subject(
        "organisations", ("accounts.organisations", "accounts.organisation_members"), selected(_ORGANISATIONS)
    ),
    Subject(
        "organisation_requests",
        ("accounts.organisation_requests", "accounts.organisation_approvals"),
        selected(_REQUESTS),
    ),
    Subject("exports", ("accounts.exports",), selected(_EXPORTS)),
)


async def _events(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
    before = None
    while events := await log.own_events(connection, whose.person, before, FETCH):
        yield [msgspec.structs.asdict(event_view(event)) for event in events]
        before = events[-1].id


# Of the audit log, which has a role of its own to be read by.
OF_AUDIT: Final = (Subject("security_events", ("audit.events",), _events),)
