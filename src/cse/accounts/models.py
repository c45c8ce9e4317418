"""What the room takes, gives and keeps."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec

from cse.accounts.preferences.models import Language
from cse.runtime.http.confidential import Confidential, hidden


class SignUp(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body of a sign-up; until another is chosen, mails are in `language`, or else in English."""

    email: str
    password: str
    display_name: str
    language: Language | None = None


class PasswordToJudge(Confidential, frozen=True, forbid_unknown_fields=True):
    """A password that somebody is choosing, and what others know of them: e-mail, name."""

    password: str
    known: Annotated[list[Annotated[str, msgspec.Meta(max_length=254)]], msgspec.Meta(max_length=4)]


class PasswordStrength(msgspec.Struct, frozen=True):
    """How hard a password is to guess: 0 hardly at all, 3 enough, 4 very.

    `refused` is the code with which it would be refused, null where it may be chosen.
    """

    score: int
    refused: Literal["weak_password", "breached_password"] | None


class SignIn(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body of a sign-in."""

    email: str
    password: str


class SignInCode(Confidential, frozen=True, forbid_unknown_fields=True):
    """The second step of a sign-in: the challenge of the first, and a code of the authenticator.

    A recovery code will do as well.
    """

    challenge: str
    code: str


class PasswordResetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for a link by which to choose another password."""

    email: str


class PasswordReset(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body that chooses another password, by the token of such a link."""

    token: str
    password: str


class PasswordChange(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body that chooses another password; `current_password` is the one there is."""

    current_password: str
    password: str


class EmailVerification(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body that shows, by the token of a link, that its sender reads the mail of an address."""

    token: str


class EmailView(msgspec.Struct, frozen=True):
    """The person's e-mail, and since when it is known that they read its mail; null while it is not.

    `wanted` is the e-mail they have asked to change to, null where there is none. `has_phrase` says that
    a phrase of theirs stands in mails to it, once it is known.
    """

    email: str
    verified_since: str | None
    wanted: str | None
    has_phrase: bool


class EmailChange(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body that asks for another e-mail; `password` is that of the account."""

    email: str
    password: str


class EmailChangeUndo(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body that undoes a change, by the token of a link that was sent to the e-mail before."""

    token: str


class MailPhrase(Confidential, frozen=True, forbid_unknown_fields=True):
    """What shall stand at the head of every mail to the person, 4 to 40 characters. It is never shown."""

    phrase: str


class StepUpProof(Confidential, frozen=True, forbid_unknown_fields=True):
    """What shows that it is still the same person: a passkey's answer, a code, or the password.

    The password is enough for who has no second factor.
    """

    code: str | None = None
    password: str | None = None
    passkey: dict[str, Any] | None = None


class TotpCode(Confidential, frozen=True, forbid_unknown_fields=True):
    """A code of the authenticator."""

    code: str


class TotpEnrolment(Confidential, frozen=True):
    """A secret for an authenticator: to be typed, as an address, and as a picture of that.

    The picture is the path `qr_path` of an SVG whose view box has `qr_size` units on each side.
    """

    secret: str
    uri: str
    qr_size: int
    qr_path: str


class RecoveryCodes(Confidential, frozen=True):
    """Codes that each open the account once, shown this one time."""

    codes: list[str]


class PasskeyOptions(msgspec.Struct, frozen=True):
    """What a browser is given: `PublicKeyCredentialCreationOptionsJSON` or `...RequestOptionsJSON`."""

    public_key: dict[str, Any]


class PasskeyAnswer(Confidential, frozen=True, forbid_unknown_fields=True):
    """What a browser gave by a passkey, as JSON (WebAuthn's `AuthenticationResponseJSON`)."""

    credential: dict[str, Any]


class NewPasskey(Confidential, frozen=True, forbid_unknown_fields=True):
    """What a browser gave for a new passkey (`RegistrationResponseJSON`), and what to call it."""

    credential: dict[str, Any]
    name: str


class PasskeyAdded(Confidential, frozen=True):
    """A new passkey. With a person's first factor come recovery codes, shown this one time."""

    id: str
    recovery_codes: list[str]


class NamedPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that names a passkey."""

    name: str


class PasskeyView(msgspec.Struct, frozen=True):
    """A passkey. `backed_up` says that its provider keeps a copy, so that it outlives the device."""

    id: str
    name: str
    backed_up: bool
    created_at: str
    last_used_at: str | None


class Security(msgspec.Struct, frozen=True):
    """What guards the account. `methods` are those of a step up.

    `credentials_changed_at` is when password, e-mail, authenticator, passkeys or recovery codes last
    changed, null while they are as at the sign-up.
    """

    totp_since: str | None
    recovery_codes_left: int
    passkeys: list[PasskeyView]
    methods: list[str]
    credentials_changed_at: str | None


class RefreshTokens(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body of a refresh; a browser leaves the token out and sends its cookie."""

    refresh_token: str | None = None


class SignedIn(Confidential, frozen=True):
    """A person's tokens. `refresh_token` is null where it went into a cookie."""

    person: str
    account: str
    display_name: str
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str | None


class SessionView(msgspec.Struct, frozen=True):
    """A place where the person is signed in.

    `client` and `platform` are what the client claims to be, null where it did not say. `country` is null
    where it is not known. `last_seen_at` is that of the last sign-in or refresh, which a client in use
    makes every 15 minutes; at `expires_at` the session ends unless it is used before.
    """

    id: str
    client: str | None
    platform: str | None
    name: str | None
    address: str
    country: str | None
    created_at: str
    last_seen_at: str
    expires_at: str
    current: bool


class Sessions(msgspec.Struct, frozen=True):
    """Where the person is signed in, the latest used first."""

    items: list[SessionView]


class NamedSession(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that names a session; null takes its name away."""

    name: str | None


class EndedSessions(msgspec.Struct, frozen=True):
    """How many sessions were ended."""

    ended: int


class Closing(msgspec.Struct, frozen=True):
    """What is in the way of closing the account; nothing where it can be closed.

    `balances`, `open_orders`, and `organisations` where one could not be changed any more without the person.

    After it a verified e-mail can be nobody else's for `email_reserved_days`.
    """

    in_the_way: list[str]
    email_reserved_days: int


class Person(NamedTuple):
    """A row of `accounts.persons`. `account` is None until the core has opened it.

    Of all who claim an e-mail one at most `is_verified`: it is known that they read its mail.
    """

    id: UUID
    email: str
    display_name: str
    password_hash: str
    account: int | None
    outbox_number: int
    password_number: int = 1
    is_verified: bool = False
    frozen: bool = False
    closed: bool = False

    def __repr__(self) -> str:
        return hidden(self)


class EmailFacts(NamedTuple):
    """What is known of a person's e-mail; the time in microseconds since 1970."""

    verified_at_us: int | None
    has_phrase: bool


class Claim(NamedTuple):
    """Somebody who claims an e-mail, and since when in microseconds since 1970."""

    person: Person
    since_us: int


class SeenFreeze(NamedTuple):
    """Since when a person is frozen, in microseconds since 1970, and why; both None of who is not."""

    at_us: int | None
    reason: str | None


class FoundPerson(NamedTuple):
    """A row of `accounts.persons` as operators see it; times in microseconds since 1970."""

    id: UUID
    email: str
    display_name: str
    account: int | None
    created_at_us: int
    email_verified_at_us: int | None
    frozen_at_us: int | None
    frozen_reason: str | None
    closed_at_us: int | None


class Session(NamedTuple):
    """A row of `accounts.sessions`: one sign-in and the refresh tokens that came of it.

    `left_s` is how long it may last at most, however much it is used.
    """

    id: UUID
    person: UUID
    generation: int
    rotated_s_ago: float
    live: bool
    left_s: float
    address: str


class UsedSession(NamedTuple):
    """A live row of `accounts.sessions` as its person sees it; times in microseconds since 1970."""

    id: UUID
    user_agent: str
    address: str
    name: str | None
    created_at_us: int
    last_seen_at_us: int
    expires_at_us: int


class Visit(NamedTuple):
    """From where and with what somebody signs in or refreshes."""

    address: str
    user_agent: str = ""


class Tokens(NamedTuple):
    """What a person holds after signing in."""

    person: Person
    account: int
    access_token: str
    refresh_token: str
    expires_in_s: int
    sequence: int = 0

    def __repr__(self) -> str:
        return hidden(self)
