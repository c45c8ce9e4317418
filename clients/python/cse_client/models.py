"""What the API takes and gives. Generated from its OpenAPI document by `./cse generate`; do not edit.

Amounts are decimal text, ids and sequences are text, times are RFC 3339 in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

# To type checkers a word is one of those that are known. Any other is taken as it comes, so that a
# client goes on reading when the exchange learns a new one.
if TYPE_CHECKING:
    Money = Literal["none", "unknown"]
    Language = Literal["ar", "de", "en", "es", "fr", "ja", "ko", "pt-BR", "zh-CN"]
    TokenType = Literal["Bearer"]
    Refused = Literal["breached_password", "weak_password"]
    Actor = Literal["operator", "person", "service", "visitor"]
    Theme = Literal["dark", "light", "system"]
    Palette = Literal["classic", "safe", "swapped"]
    Density = Literal["comfortable", "compact", "pro"]
    Numbers = Literal["auto", "de-CH", "de-DE", "en-IN", "en-US", "fr-FR"]
    Clock = Literal["12", "24"]
    Topic = Literal["alerts", "operators", "orders", "security", "transfers"]
    Direction = Literal["at_or_above", "at_or_below"]
    ExportState = Literal["expired", "failed", "ready", "waiting"]
    VerificationLevel = Literal["basic", "full", "none"]
    ApplicationLevel = Literal["basic", "full"]
    ApplicationState = Literal["approved", "draft", "expired", "pending", "refused", "revoked", "withdrawn"]
    Missing = Literal["address", "identity"]
    MediaType = Literal["application/pdf", "image/jpeg", "image/png"]
    NewApiKeyScopes = Literal["read", "trade", "withdraw"]
    Algorithm = Literal["ed25519", "hmac-sha256"]
    LimitLimit = Literal["cancels", "key_requests", "orders", "requests"]
    AccountKind = Literal["main", "sub"]
    Roles = Literal["approver", "owner", "trader", "treasurer", "viewer"]
    ApprovalRequestState = Literal["done", "expired", "open", "outdated", "refused", "withdrawn"]
    NewOrganisationKeyScopes = Literal["read", "trade"]
    Side = Literal["buy", "sell"]
    Type = Literal[
        "limit",
        "market",
        "stop_loss",
        "stop_limit",
        "take_profit",
        "take_profit_limit",
        "trailing_stop",
    ]
    TimeInForce = Literal["gtc", "ioc", "fok", "gtd", "day"]
    SelfTradePrevention = Literal["cancel_newest", "cancel_oldest", "cancel_both", "decrement", "none"]
    OrderStatus = Literal["cancelled", "expired", "filled", "open"]
    CloseReason = Literal["filled", "cancelled", "expired", "killed", "self_trade", "linked"]
    Trigger = Literal["waiting", "fired", "attached"]
    Liquidity = Literal["maker", "taker"]
    NewOrderListKind = Literal["oco", "bracket"]
    Mode = Literal["stop_on_failure", "allow_failure"]
    CostMethod = Literal["average", "fifo", "lifo"]
    Period = Literal["1d", "1m", "1w", "1y", "all"]
    MarketStatus = Literal["auction", "cancel_only", "created", "delisted", "halted", "open"]
    Interval = Literal[
        "1s",
        "5s",
        "15s",
        "1m",
        "3m",
        "5m",
        "15m",
        "30m",
        "1h",
        "2h",
        "4h",
        "6h",
        "12h",
        "1d",
        "3d",
        "1w",
        "1M",
    ]
    Family = Literal["momentum", "pattern", "price", "trend", "volatility", "volume"]
    Drawn = Literal["pane", "price"]
    SumsSince = Literal["day", "first"]
    FeedBarsS = Literal["ok"]
    FeedNoBarsS = Literal["no_data"]
    FeedRefusalS = Literal["error"]
    FeedQuotedS = Literal["error", "ok"]
    Severity = Literal["degraded", "notice", "outage"]
    FreezeTold = Literal["law", "protection", "request", "review"]
    OpenOrders = Literal["cancel", "keep"]
    RequestState = Literal["approved", "expired", "open", "refused", "withdrawn"]
    MarketStatusChangeStatus = Literal["auction", "cancel_only", "halted", "open"]
    Pattern = Literal["cancels", "far_orders", "notional", "self_trades"]
    TierRateLimit = Literal["address_requests", "cancels", "key_requests", "orders", "requests"]
    Role = Literal["head", "market", "reviewer", "security", "support", "viewer"]
    Stage = Literal["operators", "provider"]
    VerificationRefusalTold = Literal[
        "address_not_shown",
        "details_differ",
        "document_expired",
        "document_other",
        "document_unreadable",
        "not_possible",
    ]
else:
    Money = str
    Language = str
    TokenType = str
    Refused = str
    Actor = str
    Theme = str
    Palette = str
    Density = str
    Numbers = str
    Clock = str
    Topic = str
    Direction = str
    ExportState = str
    VerificationLevel = str
    ApplicationLevel = str
    ApplicationState = str
    Missing = str
    MediaType = str
    NewApiKeyScopes = str
    Algorithm = str
    LimitLimit = str
    AccountKind = str
    Roles = str
    ApprovalRequestState = str
    NewOrganisationKeyScopes = str
    Side = str
    Type = str
    TimeInForce = str
    SelfTradePrevention = str
    OrderStatus = str
    CloseReason = str
    Trigger = str
    Liquidity = str
    NewOrderListKind = str
    Mode = str
    CostMethod = str
    Period = str
    MarketStatus = str
    Interval = str
    Family = str
    Drawn = str
    SumsSince = str
    FeedBarsS = str
    FeedNoBarsS = str
    FeedRefusalS = str
    FeedQuotedS = str
    Severity = str
    FreezeTold = str
    OpenOrders = str
    RequestState = str
    MarketStatusChangeStatus = str
    Pattern = str
    TierRateLimit = str
    Role = str
    Stage = str
    VerificationRefusalTold = str


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True):
    """The body of every refusal.

    `code` is stable, `detail` is the sentence for a person, `field` the field of the request that
    is at fault. `money` is `unknown` when the request may have taken effect: look before you act
    again. Where another factor is needed, `methods` are those that the person has, and `challenge` is what
    a code has to be sent with. `now` is what a setting is that is another than was seen.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    money: Money
    instance: str
    field: str | None = None
    challenge: str | None = None
    methods: list[str] | None = None
    now: str | None = None


class SignUp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of a sign-up; until another is chosen, mails are in `language`, or else in English."""

    email: str
    password: str
    display_name: str
    language: Language | None = None


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person's tokens. `refresh_token` is null where it went into a cookie."""

    person: str
    account: str
    display_name: str
    access_token: str
    token_type: TokenType
    expires_in: int
    refresh_token: str | None


class PasswordToJudge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A password that somebody is choosing, and what others know of them: e-mail, name."""

    password: str
    known: list[str]


class PasswordStrength(msgspec.Struct, frozen=True, kw_only=True):
    """How hard a password is to guess: 0 hardly at all, 3 enough, 4 very.

    `refused` is the code with which it would be refused, null where it may be chosen.
    """

    score: int
    refused: Refused | None


class SignIn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of a sign-in."""

    email: str
    password: str


class SignInCode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The second step of a sign-in: the challenge of the first, and a code of the authenticator.

    A recovery code will do as well.
    """

    challenge: str
    code: str


class PasskeyAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a browser gave by a passkey, as JSON (WebAuthn's `AuthenticationResponseJSON`)."""

    credential: dict[str, object]


class RefreshTokens(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of a refresh; a browser leaves the token out and sends its cookie."""

    refresh_token: str | None = None


class PasswordResetRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for a link by which to choose another password."""

    email: str


class PasswordReset(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that chooses another password, by the token of such a link."""

    token: str
    password: str


class PasswordChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that chooses another password; `current_password` is the one there is."""

    current_password: str
    password: str


class EmailView(msgspec.Struct, frozen=True, kw_only=True):
    """The person's e-mail, and since when it is known that they read its mail; null while it is not.

    `wanted` is the e-mail they have asked to change to, null where there is none. `has_phrase` says that
    a phrase of theirs stands in mails to it, once it is known.
    """

    email: str
    verified_since: str | None
    wanted: str | None
    has_phrase: bool


class EmailChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for another e-mail; `password` is that of the account."""

    email: str
    password: str


class EmailChangeUndo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that undoes a change, by the token of a link that was sent to the e-mail before."""

    token: str


class MailPhrase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What shall stand at the head of every mail to the person, 4 to 40 characters. It is never shown."""

    phrase: str


class EmailVerification(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that shows, by the token of a link, that its sender reads the mail of an address."""

    token: str


class Sessions(msgspec.Struct, frozen=True, kw_only=True):
    """Where the person is signed in, the latest used first."""

    items: list[SessionView]


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
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


class NamedSession(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that names a session; null takes its name away."""

    name: str | None


class EndedSessions(msgspec.Struct, frozen=True, kw_only=True):
    """How many sessions were ended."""

    ended: int


class Security(msgspec.Struct, frozen=True, kw_only=True):
    """What guards the account. `methods` are those of a step up.

    `credentials_changed_at` is when password, e-mail, authenticator, passkeys or recovery codes last
    changed, null while they are as at the sign-up.
    """

    totp_since: str | None
    recovery_codes_left: int
    passkeys: list[PasskeyView]
    methods: list[str]
    credentials_changed_at: str | None


class PasskeyView(msgspec.Struct, frozen=True, kw_only=True):
    """A passkey. `backed_up` says that its provider keeps a copy, so that it outlives the device."""

    id: str
    name: str
    backed_up: bool
    created_at: str
    last_used_at: str | None


class StepUpProof(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What shows that it is still the same person: a passkey's answer, a code, or the password.

    The password is enough for who has no second factor.
    """

    code: str | None = None
    password: str | None = None
    passkey: dict[str, object] | None = None


class TotpEnrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A secret for an authenticator: to be typed, as an address, and as a picture of that.

    The picture is the path `qr_path` of an SVG whose view box has `qr_size` units on each side.
    """

    secret: str
    uri: str
    qr_size: int
    qr_path: str


class TotpCode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A code of the authenticator."""

    code: str


class RecoveryCodes(msgspec.Struct, frozen=True, kw_only=True):
    """Codes that each open the account once, shown this one time."""

    codes: list[str]


class PasskeyOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser is given: `PublicKeyCredentialCreationOptionsJSON` or `...RequestOptionsJSON`."""

    public_key: dict[str, object]


class NewPasskey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a browser gave for a new passkey (`RegistrationResponseJSON`), and what to call it."""

    credential: dict[str, object]
    name: str


class PasskeyAdded(msgspec.Struct, frozen=True, kw_only=True):
    """A new passkey. With a person's first factor come recovery codes, shown this one time."""

    id: str
    recovery_codes: list[str]


class NamedPasskey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that names a passkey."""

    name: str


class SecurityEvents(msgspec.Struct, frozen=True, kw_only=True):
    """Events, the latest first. `next_cursor` is null at the end of the list."""

    items: list[SecurityEventView]
    next_cursor: str | None


class SecurityEventView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done to the account, or tried.

    `act` is such as `session.begun` or `api_key.made`; with `refused`, a code of ours, it was not done.
    `actor` is `visitor` where somebody had not shown who they are. `client` and `platform` are what the
    client claims to be, null where it did not say; they and `address` are null where no request was made.
    `current` says that it was done within the session that asks. `details` depend on the act.
    """

    id: str
    act: str
    at: str
    actor: Actor
    refused: str | None
    client: str | None
    platform: str | None
    address: str | None
    current: bool
    target: str | None
    details: dict[str, str]


class PreferencesView(msgspec.Struct, frozen=True, kw_only=True):
    """How the person likes it. `version` rises with each change; 0 says that nothing was
    chosen yet, but for the language of the sign-up.

    `palette` is that of up and down: green and red, `safe` for who does not tell those apart, or `swapped`.
    `time_zone` is a name of the tz database such as `Asia/Riyadh`, or `auto` for that of each device.
    `confirm_limit` and `confirm_market` say before which orders is asked. Mails are in `language` where
    they are written in it, or else in English. What ends in `_in_app` and `_by_mail` says which
    notifications come by which way; those of security always come by all.
    """

    version: int
    language: Language
    theme: Theme
    palette: Palette
    density: Density
    numbers: Numbers
    clock: Clock
    time_zone: str
    confirm_limit: bool
    confirm_market: bool
    shortcuts: bool
    orders_in_app: bool
    orders_by_mail: bool
    transfers_in_app: bool
    transfers_by_mail: bool
    operators_in_app: bool
    operators_by_mail: bool


class ChangedPreferences(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that changes some of them, of which `version` was seen; null leaves one as it is."""

    version: int
    language: Language | None = None
    theme: Theme | None = None
    palette: Palette | None = None
    density: Density | None = None
    numbers: Numbers | None = None
    clock: Clock | None = None
    time_zone: str | None = None
    confirm_limit: bool | None = None
    confirm_market: bool | None = None
    shortcuts: bool | None = None
    orders_in_app: bool | None = None
    orders_by_mail: bool | None = None
    transfers_in_app: bool | None = None
    transfers_by_mail: bool | None = None
    operators_in_app: bool | None = None
    operators_by_mail: bool | None = None


class Notifications(msgspec.Struct, frozen=True, kw_only=True):
    """Notifications, the latest first. `unread` is how many there are in all, at most 100.

    `next_cursor` is null at the end of the list.
    """

    items: list[NotificationView]
    unread: int
    next_cursor: str | None


class NotificationView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the person is told of.

    `count` is how many of its kind came since the last was read, and `at` when the latest did. `facts`
    depend on the kind: `market` and `side` of `traded`; of it and of `received` `asset` and `amount`, of
    all that are counted, and `account`, in which of the person's it was; `market`, `price` and
    `direction` of `price_reached`; `level` of a verification, with `reason` where it was refused or
    revoked; `change` of `credential_changed`; `address`, `client` and `platform` of what was done from
    somewhere; `organisation`, `name` and `act` of `approval_wanted`.
    """

    id: str
    topic: Topic
    kind: str
    at: str
    count: int
    read: bool
    facts: dict[str, str]


class UnreadNotifications(msgspec.Struct, frozen=True, kw_only=True):
    """How many notifications are not read yet, at most 100."""

    unread: int


class ReadNotifications(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that marks as read: the one with `id`, or all up to the one with `up_to`."""

    id: str | None = None
    up_to: str | None = None


class NewPriceAlert(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that sets an alert: the first trade of `market` at `price` or beyond is told.

    It always comes in the app, and by mail too where `by_mail` says so and it is known that the person
    reads the mail of their address.
    """

    market: str
    price: str
    direction: Direction
    by_mail: bool = True


class OnePriceAlert(msgspec.Struct, frozen=True, kw_only=True):
    """One alert."""

    alert: PriceAlertView


class PriceAlertView(msgspec.Struct, frozen=True, kw_only=True):
    """An alert. `reached_at` is when it was told, null while it waits."""

    id: str
    market: str
    price: str
    direction: Direction
    by_mail: bool
    created_at: str
    reached_at: str | None


class PriceAlerts(msgspec.Struct, frozen=True, kw_only=True):
    """The person's alerts: all that wait, at most 100, and behind them the latest 100 that were reached."""

    items: list[PriceAlertView]


class KeptNames(msgspec.Struct, frozen=True, kw_only=True):
    """All names of the person, by their alphabet."""

    items: list[KeptName]


class KeptName(msgspec.Struct, frozen=True, kw_only=True):
    """A name under which something is kept. `version` rises with each change of it."""

    name: str
    version: int


class KeptText(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept under a name, as the app wrote it; version 0, an empty text and no time for nothing."""

    name: str
    version: int
    text: str
    changed_at: str | None


class NewKeptText(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that keeps a text, of at most 12,000 bytes; `version` is the one that was seen, 0 for none."""

    version: int
    text: str


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the way of closing the account; nothing where it can be closed.

    `balances`, `open_orders`, and `organisations` where one could not be changed any more without the person.

    After it a verified e-mail can be nobody else's for `email_reserved_days`.
    """

    in_the_way: list[str]
    email_reserved_days: int


class Exports(msgspec.Struct, frozen=True, kw_only=True):
    """The person's archives of late, the latest first; `next_at` is when another may be asked for.

    `next_at` is null where one may be asked for now.
    """

    items: list[ExportView]
    next_at: str | None


class ExportView(msgspec.Struct, frozen=True, kw_only=True):
    """An archive that was asked for: it is `waiting` until it is made, and `ready` until `expires_at`.

    `failed` says that it could not be made; another may be asked for at once. `bytes` is its size.
    """

    id: str
    state: ExportState
    asked_at: str
    expires_at: str | None
    fetched_at: str | None
    bytes: int | None


class VerificationView(msgspec.Struct, frozen=True, kw_only=True):
    """How far the person is verified, the application that is open, and the outcome of the last.

    `countries` are those of which somebody can be.
    """

    level: VerificationLevel
    application: ApplicationView | None
    outcome: OutcomeView | None
    levels: list[LevelView]
    countries: list[str]
    documents_max: int
    document_bytes_max: int


class ApplicationView(msgspec.Struct, frozen=True, kw_only=True):
    """An application that is open. Of one that is handed in, what it says of the person is not shown again.

    `missing` are the kinds of documents that it still takes.
    """

    level: ApplicationLevel
    state: ApplicationState
    legal_name: str | None
    date_of_birth: str | None
    country: str | None
    documents: list[DocumentView]
    missing: list[Missing]
    submitted_at: str | None


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is handed in; nobody but who reviews it gets its content."""

    id: str
    kind: Missing
    media_type: MediaType
    size_bytes: int


class OutcomeView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the application before.

    `reason` and what it says are there where it was refused, or revoked: approved, and then taken back.
    """

    level: ApplicationLevel
    state: ApplicationState
    at: str
    reason: str | None
    reason_text: str | None


class LevelView(msgspec.Struct, frozen=True, kw_only=True):
    """A level, the documents that it takes, and what it allows.

    The faucet gives `faucet_factor` times what it gives of each asset a day. `withdrawal_daily_usdc` holds
    once there are withdrawals.
    """

    level: VerificationLevel
    documents: list[Missing]
    faucet_factor: int
    withdrawal_daily_usdc: str


class NewApplication(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that begins an application, or changes the one that is not handed in.

    `legal_name` as documents have it; `date_of_birth` such as 1990-12-31; `country` of residence by its two
    letters (ISO 3166-1).
    """

    level: ApplicationLevel
    legal_name: str
    date_of_birth: str
    country: str


class NewApiKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that makes a key.

    `public_key` is the caller's, for `ed25519` alone. `allowed_networks` are addresses and networks from
    which the key may be used; without any it may be used from everywhere. `accounts` are those of the
    caller's that it is for, the main one alone if there are none; a request that names none is about the
    first.
    """

    label: str
    scopes: list[NewApiKeyScopes]
    algorithm: Algorithm = "hmac-sha256"
    public_key: str | None = None
    allowed_networks: list[str] | None = None
    expires_at: str | None = None
    accounts: list[str] | None = None


class NewlyMadeApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that was just made. `secret` is shown here and never again; of `ed25519` there is none."""

    key: ApiKeyView
    secret: str | None


class ApiKeyView(msgspec.Struct, frozen=True, kw_only=True):
    """A key as its owner sees it. `last_used_at` is to the minute.

    It is for `accounts`; where a request names none it is about `account`.
    """

    id: str
    label: str
    account: str
    accounts: list[str]
    algorithm: Algorithm
    scopes: list[NewApiKeyScopes]
    public_key: str | None
    allowed_networks: list[str]
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    last_used_from: str | None
    revoked_at: str | None


class ApiKeys(msgspec.Struct, frozen=True, kw_only=True):
    """A person's keys that are not revoked, newest first."""

    items: list[ApiKeyView]
    next_cursor: str | None


class ApiKeySelf(msgspec.Struct, frozen=True, kw_only=True):
    """What the key of the request may do, from which address it came, and where its limits stand."""

    key: ApiKeyView
    address: str
    time: str
    limits: list[LimitView]


class LimitView(msgspec.Struct, frozen=True, kw_only=True):
    """A limit, how much of it is left now, and when all of it will be.

    It holds `at_once` and fills by `per_second`.
    """

    limit: LimitLimit
    at_once: int
    per_second: int
    left: int
    full_in_s: int


class OneApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """One key."""

    key: ApiKeyView


class ChangedApiKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to change of a key; what is null or left out stays. An end can be moved, not taken away."""

    label: str | None = None
    allowed_networks: list[str] | None = None
    expires_at: str | None = None


class LimitsNow(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's limits at a time."""

    items: list[LimitView]
    time: str


class NewAccount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that opens a sub-account: 1 to 40 characters, which no other open one of yours has."""

    name: str


class OneAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One account."""

    account: AccountView
    sequence: str


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the person's. The main one has no name; `archived_at` is null while it is in use."""

    id: str
    kind: AccountKind
    name: str | None
    created_at: str
    archived_at: str | None


class NamedAccount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that names a sub-account anew."""

    name: str


class OrganisationViews(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's organisations by name."""

    items: list[OrganisationView]


class OrganisationView(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation that the caller is a member of, with their own roles and what these allow.

    While it is `frozen` nothing of it is placed, moved or opened.
    """

    id: str
    name: str
    roles: list[Roles]
    rights: list[str]
    frozen: bool
    accounts: list[OrganisationAccountView]
    created_at: str


class OrganisationAccountView(msgspec.Struct, frozen=True, kw_only=True):
    """An account of an organisation; the main one has no name."""

    id: str
    kind: AccountKind
    name: str | None
    archived_at: str | None


class NewOrganisation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that makes an organisation: a name of 1 to 40 characters."""

    name: str


class OneOrganisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation, with its members and its policy."""

    organisation: OrganisationView
    members: list[MemberView]
    invitations: list[OpenInvitationView]
    policy: PolicyView


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """A member. `acting` is false of one who is frozen, `own` true of who asks."""

    person: str
    name: str
    email: str
    roles: list[Roles]
    acting: bool
    own: bool
    joined_at: str


class OpenInvitationView(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation that was sent and not accepted yet."""

    id: str
    email: str
    roles: list[Roles]
    expires_at: str


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    """How many approvals each thing needs beside who asks.

    `limits` are per asset what may be moved within 24 hours without approvals; an asset that is not there
    needs them for any amount, where `transfers` is not 0.
    """

    version: int
    members: int
    policy: int
    keys: int
    transfers: int
    limits: dict[str, str]


class NewOrganisationAccount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that opens another account: a name of 1 to 40 characters, which no other of it has."""

    name: str


class NamedOrganisation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that names an organisation anew: 1 to 40 characters."""

    name: str


class NamedOrganisationAccount(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that names an account of an organisation anew."""

    name: str


class NewInvitation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for an invitation."""

    email: str
    member_roles: list[Roles]


class OneApprovalRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for: `done` where nobody else is needed."""

    request: ApprovalRequestView


class ApprovalRequestView(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for. `facts` depend on the act, and `digest` is over all that was asked for.

    `needed` approvals carry it out. It is `outdated` once the policy has changed. `decidable` says that who
    looks may approve it, `approved` that they have, `own` that they asked for it. `failure` is the code with
    which it was refused after its approval.
    """

    id: str
    act: str
    facts: dict[str, str]
    digest: str
    state: ApprovalRequestState
    needed: int
    approvals: list[ApprovalView]
    asked_by: str
    asked_at: str
    expires_at: str
    own: bool
    decidable: bool
    approved: bool
    decided_by: str | None
    decided_at: str | None
    decision_reason: str | None
    failure: str | None


class ApprovalView(msgspec.Struct, frozen=True, kw_only=True):
    """Who has approved. `counts` is false of who is no approver any more."""

    name: str
    at: str
    counts: bool


class NewMemberRoles(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for other roles of a member."""

    member_roles: list[Roles]


class OrganisationEvents(msgspec.Struct, frozen=True, kw_only=True):
    """Events, the latest first. `next_cursor` is null at the end of the list."""

    items: list[OrganisationEventView]
    next_cursor: str | None


class OrganisationEventView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a member did, or tried. `details` depend on the act; `person` is the member's id.

    What an operator of the exchange did has no `person`.
    """

    id: str
    act: str
    at: str
    person: str | None
    name: str | None
    refused: str | None
    details: dict[str, str]


class InvitationToken(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body with what a mailed link carries."""

    token: str


class InvitationView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is invited to."""

    organisation: str
    name: str
    roles: list[Roles]
    expires_at: str


class NewPolicy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for another policy in the place of the `version` that was seen."""

    version: int
    members: int
    policy: int
    keys: int
    transfers: int
    limits: dict[str, str]


class OrganisationTransfer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that moves money between two accounts of an organisation, or asks for it."""

    from_account: str
    to_account: str
    asset: str
    amount: str


class OrganisationKeys(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation's keys that are not revoked, newest first."""

    items: list[OrganisationKeyView]


class OrganisationKeyView(msgspec.Struct, frozen=True, kw_only=True):
    """A key, and the name of the member who made it, with whose roles it acts and whose leaving ends it."""

    key: ApiKeyView
    maker: str
    own: bool


class NewOrganisationKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for a key of Ed25519 for accounts of the organisation.

    `allowed_networks` are addresses and networks from which it may be used; everywhere without any.
    """

    label: str
    scopes: list[NewOrganisationKeyScopes]
    public_key: str
    accounts: list[str]
    allowed_networks: list[str] | None = None
    expires_at: str | None = None


class ApprovalRequestViews(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, what is open first and then the latest, at most 100."""

    items: list[ApprovalRequestView]


class Approving(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that approves: the `digest` of what was seen."""

    digest: str


class Refusing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that refuses: why, in 1 to 200 characters."""

    reason: str


class HeldAccounts(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's accounts, the main one first, all as of one sequence.

    `organisations` are those that the person acts for, with their accounts; an API key has none.
    """

    items: list[HeldAccount]
    next_cursor: str | None
    sequence: str
    organisations: list[OrganisationView]


class HeldAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account, and what it has."""

    account: AccountView
    balances: list[Balance]


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """What an account has of an asset; `locked` is held by open orders and by
    transfers that wait.
    """

    asset: str
    available: str
    locked: str


class NewTransfer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that moves money between two accounts of the person's."""

    from_account: str
    to_account: str
    asset: str
    amount: str


class OneTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """One transfer."""

    transfer: Transfer
    sequence: str


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """Money that moved. `reason` is `own_accounts` between two accounts of one person.

    An account that is not the person's own is null.
    """

    id: str
    reason: str
    asset: str
    amount: str
    from_account: str | None
    to_account: str | None
    time: str
    sequence: str


class Transfers(msgspec.Struct, frozen=True, kw_only=True):
    """Transfers of an account, the latest first."""

    items: list[Transfer]
    next_cursor: str | None
    sequence: str


class NewOrder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of an order placement.

    `limit` orders need `price` and `quantity`, `market` orders either `quantity` or `quote_amount`, and
    may have a `price` as the worst at which they trade. `time_in_force` is `gtc` (limit orders unless said
    otherwise), `ioc`, `fok`, `gtd` with `expires_at`, or `day`, which ends at 00:00 UTC. `reprice`
    beside `post_only` moves a price that would take to one tick behind the best on the other side.
    `self_trade_prevention` is what happens when the order meets one of the same owner:
    `cancel_newest` (unless said otherwise), `cancel_oldest`, `cancel_both`, `decrement` (not with
    `quote_amount`), or `none` where the market allows it. The same `client_order_id` again gives the
    first answer again, and places nothing. With `display_quantity` the book shows only so much of a
    resting order at a time.

    The other types wait for a trade before they match. `stop_loss` and `stop_limit` are fired by a trade
    at `stop_price` or beyond it against their owner (at or below it for a sell, at or above it for a
    buy), `take_profit` and `take_profit_limit` by one in his favour. `trailing_stop` has no
    `stop_price`: that follows the best price since, at a distance of `trailing_delta` or of
    `trailing_percent` of it, and never goes back. `stop_limit` and `take_profit_limit` then are limit
    orders, the others market orders, whose `price`, if there is one, is the worst at which they trade;
    a buy by `quantity` of these needs it. `time_in_force` of these others says how long they wait.
    """

    market: str
    side: Side
    type: Type
    price: str | None = None
    quantity: str | None = None
    quote_amount: str | None = None
    stop_price: str | None = None
    trailing_delta: str | None = None
    trailing_percent: str | None = None
    display_quantity: str | None = None
    time_in_force: TimeInForce | None = None
    expires_at: str | None = None
    post_only: bool = False
    reprice: bool = False
    self_trade_prevention: SelfTradePrevention | None = None
    client_order_id: str | None = None
    account: str | None = None


class PlacedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """The order right after it was taken in, what it traded at once, and what it did not trade with."""

    order: Order
    fills: list[Fill]
    prevented: list[PreventedTrade]
    sequence: str


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it now is.

    `expired` says that its time came, or what did not trade at once was let go; `close_reason` tells
    why: `expired`, `killed` or `self_trade`. One that was closed because of an order that it was linked
    with is `cancelled` with reason `linked`. Orders that were placed as one list have the same `list_id`,
    the id of the first of them, whether they are open or not. `trigger` says of a trigger order that it
    is `waiting` for a trade, has `fired` and takes its turn, or is `attached`: an exit that waits for its
    bracket's entry to close, which says its quantity. `triggered_at` is when its turn came; an open one
    is a limit order from then on. Orders by `quote_amount` have no quantity and no remaining quantity.
    `price` is what `reprice` made of it; lots that `decrement` took away are not in `quantity`.
    `revision` says which of two views of an order is the newer one, whatever way they came by: that with
    the greater number. It is the journal's sequence up to which all is in the view, so after each change it
    is greater than before.
    """

    id: str
    client_order_id: str | None
    list_id: str | None
    account: str
    market: str
    side: Side
    type: Type
    time_in_force: TimeInForce
    post_only: bool
    reprice: bool
    self_trade_prevention: SelfTradePrevention
    expires_at: str | None
    status: OrderStatus
    close_reason: CloseReason | None
    trigger: Trigger | None
    triggered_at: str | None
    price: str | None
    quantity: str | None
    quote_amount: str | None
    display_quantity: str | None
    stop_price: str | None
    trailing_delta: str | None
    trailing_percent: str | None
    filled_quantity: str
    filled_notional: str
    average_price: str | None
    remaining_quantity: str | None
    fee: str
    fee_asset: str
    created_at: str
    updated_at: str
    revision: str


class Fill(msgspec.Struct, frozen=True, kw_only=True):
    """One trade from one side of it. A fee below zero is a rebate."""

    trade_id: str
    order_id: str
    market: str
    side: Side
    price: str
    quantity: str
    notional: str
    fee: str
    fee_asset: str
    liquidity: Liquidity
    time: str
    sequence: str


class PreventedTrade(msgspec.Struct, frozen=True, kw_only=True):
    """Two orders of one owner that met and did not trade.

    `quantity` would have traded at `price`; `self_trade_prevention` is what was done instead.
    """

    maker_order_id: str
    taker_order_id: str
    market: str
    taker_side: Side
    price: str
    quantity: str
    self_trade_prevention: SelfTradePrevention
    time: str
    sequence: str


class MarketFees(msgspec.Struct, frozen=True, kw_only=True):
    """The rates of the account's next order in a market, in parts per million of the notional.

    Below zero a rate is a rebate. `promotion_ends_at` is there while a promotion lasts, which may have
    lowered one of them or both.
    """

    market: str
    maker_fee_ppm: int
    taker_fee_ppm: int
    promotion_ends_at: str | None


class NewOrderList(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Orders that are placed as one and linked, in one market.

    `oco`: a limit order and a `stop_loss`, `stop_limit` or `trailing_stop`, of the same side and
    quantity: when one trades, in part too, fires or closes, the other is closed. `bracket`: an entry, a
    `limit` or `market` buy; a take-profit, a `limit` sell; and a stop, as of an `oco`. The exits have no
    quantity: they sell what the entry has bought when it closes, and are an `oco` from then on. The two
    of an `oco`, and the exits, have the same `time_in_force`: `gtc`, `gtd` or `day`.
    """

    kind: NewOrderListKind
    orders: list[NewOrder]


class PlacedOrderList(msgspec.Struct, frozen=True, kw_only=True):
    """The orders of a list right after they were taken in, what they traded at once, and what they did not
    trade with.
    """

    orders: list[Order]
    fills: list[Fill]
    prevented: list[PreventedTrade]
    sequence: str


class NewOrders(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Orders to place one behind another, 20 at most, each for itself."""

    orders: list[NewOrder]


class PlacedOrders(msgspec.Struct, frozen=True, kw_only=True):
    """What came of each order of a batch, in their order."""

    items: list[BatchedPlacement]
    sequence: str


class BatchedPlacement(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one order of a batch: either was it placed, or refused."""

    placed: PlacedOrder | None
    refusal: BatchRefusal | None


class BatchRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why one part of a batch was refused: what the refusal of a single request says."""

    code: str
    status: int
    detail: str
    retryable: bool
    money: Money
    field: str | None


class NamedOrders(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Orders to cancel one behind another, 50 at most, each for itself."""

    orders: list[NamedOrder]


class NamedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order by its id or by the client's."""

    id: str | None = None
    client_order_id: str | None = None


class CancelledBatch(msgspec.Struct, frozen=True, kw_only=True):
    """What came of each cancel of a batch, in their order."""

    items: list[BatchedCancel]
    sequence: str


class BatchedCancel(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one cancel of a batch: the order as it then is, or why it was refused."""

    order: Order | None
    refusal: BatchRefusal | None


class CancelAfter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Sets the cancel timer: all open orders are cancelled in so many milliseconds, 1,000 to 86,400,000,
    unless it is set again before; 0 takes it away.
    """

    timeout_ms: int


class CancelTimer(msgspec.Struct, frozen=True, kw_only=True):
    """When the cancel timer fires; null when there is none."""

    fires_at: str | None
    sequence: str


class AmendedOrder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an open order is to be; what is left out stays.

    `quantity` is all that the order is for, what is filled included. A lower quantity keeps the order's
    place in the queue, anything else takes it to the end, and may trade at once. `stop_price` may be
    changed of an order that waits, but of a trailing stop. Orders that are linked cannot be amended.
    """

    price: str | None = None
    quantity: str | None = None
    display_quantity: str | None = None
    stop_price: str | None = None


class AmendResult(msgspec.Struct, frozen=True, kw_only=True):
    """An order right after it was amended, what it traded at once by that, and what it did not trade with."""

    order: Order
    linked_order_ids: list[str]
    sequence: str
    fills: list[Fill]
    prevented: list[PreventedTrade]


class Replacement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An order to cancel, by its id or the client's, and one to place, as one.

    `stop_on_failure`: both or nothing. `allow_failure`: each for itself, and the answer says which. The
    same order under the same `client_order_id` again cancels and places nothing.
    """

    order: NewOrder
    cancel_order: str | None = None
    cancel_client_order_id: str | None = None
    mode: Mode = "stop_on_failure"


class ReplacedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a replacement: the code of the half that was refused stands in its place.

    `cancelled` is the id of the order that was cancelled. One that is sent again gets the first answer.
    """

    cancelled: str | None
    cancel_refusal: str | None
    placed: PlacedOrder | None
    place_refusal: str | None
    sequence: str


class OneOrder(msgspec.Struct, frozen=True, kw_only=True):
    """One order, and the ids of the open orders that it is linked with."""

    order: Order
    linked_order_ids: list[str]
    sequence: str


class CancelledOrders(msgspec.Struct, frozen=True, kw_only=True):
    """How many orders were cancelled."""

    cancelled: int
    sequence: str


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """A page of orders: open ones newest first, then closed ones by their closing, newest first."""

    items: list[Order]
    next_cursor: str | None
    sequence: str


class Fills(msgspec.Struct, frozen=True, kw_only=True):
    """A page of fills, newest first."""

    items: list[Fill]
    next_cursor: str | None
    sequence: str


class Balances(msgspec.Struct, frozen=True, kw_only=True):
    """All balances of the account."""

    items: list[Balance]
    next_cursor: str | None
    sequence: str


class Fees(msgspec.Struct, frozen=True, kw_only=True):
    """The account's fee tier and its rates in every market. Open orders keep the rates that they have."""

    tier: int
    items: list[MarketFees]
    next_cursor: str | None
    sequence: str


class LedgerEntries(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of the account, the latest first."""

    items: list[LedgerEntry]
    next_cursor: str | None
    sequence: str


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What came to the account, below zero what left it, and the `balance` of the asset right after it.

    `reference` is the trade of `market`, or the
    transfer where there is none. `kind` is `trade`, `trade_fee`, `creator_share` or the transfer's reason.
    """

    id: str
    time: str
    kind: str
    asset: str
    amount: str
    balance: str
    market: str | None
    reference: str
    sequence: str


class PortfolioView(msgspec.Struct, frozen=True, kw_only=True):
    """The account's positions and what they come to, in `value_asset`, as of `sequence`.

    `put_in` and `taken_out` are what transfers moved, each at its worth then. `gain` is the value less
    what was put in, with what was taken out: to the unit unrealised and realised less fees, with the
    creator's shares. `gain_ppm` is that against what was put in. `since` is the first transfer's time.
    `unpriced` are assets that are held and have no price: with one of them there is no `value`, and
    `priced_value` is what all else is worth.
    """

    value_asset: str
    cost_method: CostMethod
    value: str | None
    priced_value: str
    unpriced: list[str]
    cost: str | None
    unrealised: str | None
    unrealised_ppm: int | None
    realised: str | None
    fees: str | None
    creator_share: str | None
    put_in: str | None
    taken_out: str | None
    gain: str | None
    gain_ppm: int | None
    since: str | None
    positions: list[PositionView]
    sequence: str


class PositionView(msgspec.Struct, frozen=True, kw_only=True):
    """What the account has of an asset, or once had.

    `cost` is what `amount` was paid with, fees not in it, and `average_cost` that for a whole one.
    `value` is the amount at `last_price`, `unrealised` the value less the cost, and `unrealised_ppm` that
    against the cost. `realised` is what units that left brought less what they had cost, `fees` what was
    paid less rebates for trades in the asset's markets, `creator_share` what came of the fees of others.
    What everything is valued in has no cost, price or gain.
    """

    asset: str
    amount: str
    cost: str | None
    average_cost: str | None
    last_price: str | None
    value: str | None
    share_ppm: int | None
    unrealised: str | None
    unrealised_ppm: int | None
    realised: str | None
    fees: str | None
    creator_share: str | None


class ValueHistory(msgspec.Struct, frozen=True, kw_only=True):
    """How the account did over a period, by `interval` and up to now.

    `gain` is what it was worth at the end less what it was worth at the beginning, without what was put in
    or taken out between. `return_ppm` is weighted by time: each stretch between two transfers counts by
    what was in the account, so that deposits are no return. `drawdown` and `drawdown_now_ppm` are how far
    that return fell and is below its height at the end. `flows` are the period's latest hundred transfers.
    """

    value_asset: str
    period: Period
    interval: str
    points: list[ValuePoint]
    flows: list[FlowView]
    gain: str | None
    return_ppm: int | None
    drawdown: FallView | None
    drawdown_now_ppm: int | None
    sequence: str


class ValuePoint(msgspec.Struct, frozen=True, kw_only=True):
    """What the account was worth at a time, and what had been put in less what was taken out by then."""

    time: str
    value: str | None
    put_in: str | None


class FlowView(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer: what came, below zero what left, and what it was worth then."""

    time: str
    asset: str
    amount: str
    worth: str | None


class FallView(msgspec.Struct, frozen=True, kw_only=True):
    """The deepest fall of the return, from its height to its low; 0 where it never fell."""

    ppm: int
    from_time: str
    to_time: str


class StatementView(msgspec.Struct, frozen=True, kw_only=True):
    """A period of the account: at `from_time` or later and before `to_time`, in UTC.

    `so_far` says that the period goes on: then it is as of now. All but the assets' amounts is in
    `value_asset`. Where all is known, `closing_value - opening_value` is `put_in - taken_out + realised +
    closing_unrealised - opening_unrealised - fees + creator_share`, to the last decimal.
    """

    period: str
    from_time: str
    to_time: str
    so_far: bool
    cost_method: CostMethod
    value_asset: str
    opening_value: str | None
    closing_value: str | None
    put_in: str | None
    taken_out: str | None
    realised: str | None
    opening_unrealised: str | None
    closing_unrealised: str | None
    fees: str | None
    creator_share: str | None
    assets: list[StatementAsset]
    sequence: str


class StatementAsset(msgspec.Struct, frozen=True, kw_only=True):
    """An asset over the period: `opening`, with what `came` and without what `left`, is `closing`.

    `realised` is what units that left brought less what they had cost, in the statement's `value_asset`.
    """

    asset: str
    opening: str
    movements: list[MovementView]
    closing: str
    realised: str | None


class MovementView(msgspec.Struct, frozen=True, kw_only=True):
    """What entries of one kind brought of an asset, and took away; the kinds are those of the ledger."""

    kind: str
    came: str
    left: str


class Assets(msgspec.Struct, frozen=True, kw_only=True):
    """All assets."""

    items: list[AssetView]
    next_cursor: str | None
    sequence: str


class AssetView(msgspec.Struct, frozen=True, kw_only=True):
    """An asset; `demo` says that it was made up for a demonstration."""

    asset: str
    name: str
    decimals: int
    demo: bool


class Markets(msgspec.Struct, frozen=True, kw_only=True):
    """All markets."""

    items: list[MarketView]
    next_cursor: str | None
    sequence: str


class MarketView(msgspec.Struct, frozen=True, kw_only=True):
    """A market and its rules.

    Fees are in parts per million of the notional, the creator's share in those of a trade's fees. Prices
    are multiples of `tick_size` and quantities of `lot_size`, which may change; `price_unit` and
    `quantity_unit`, of which all that ever was is a multiple, do not.

    `price_band_ppm` says how far from the last price (before the first trade from `reference_price`)
    orders trade, 0 any distance. A move by more than `interruption_ppm` from the first trade within
    `interruption_window_s` begins an auction of `interruption_auction_s`; 0 is none. An auction without
    `auction_ends_at` lasts until it is ended. Where `self_trades_allowed` orders may have `none` as their
    `self_trade_prevention`.
    """

    market: str
    base: str
    quote: str
    tick_size: str
    lot_size: str
    min_notional: str
    max_quantity: str
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    max_open_orders: int
    status: MarketStatus
    auction_ends_at: str | None
    price_unit: str
    quantity_unit: str
    min_quantity: str
    max_notional: str | None
    price_band_ppm: int
    reference_price: str | None
    interruption_ppm: int
    interruption_window_s: int
    interruption_auction_s: int
    self_trades_allowed: bool


class MarketNow(msgspec.Struct, frozen=True, kw_only=True):
    """A market and its rules, and the prices between which its band has orders trade now.

    Both are among them, and null where any price will do. They move with each trade.
    """

    market: str
    base: str
    quote: str
    tick_size: str
    lot_size: str
    min_notional: str
    max_quantity: str
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    max_open_orders: int
    status: MarketStatus
    auction_ends_at: str | None
    price_unit: str
    quantity_unit: str
    min_quantity: str
    max_notional: str | None
    price_band_ppm: int
    reference_price: str | None
    interruption_ppm: int
    interruption_window_s: int
    interruption_auction_s: int
    self_trades_allowed: bool
    band_lowest_price: str | None
    band_highest_price: str | None


class AuctionView(msgspec.Struct, frozen=True, kw_only=True):
    """What a market's auction would trade if it ended now.

    At `price` the most lots trade, `volume`; `surplus_side` has `surplus` more there. Without a price
    nothing would trade, and in another status nothing is indicated. While it is `uncrossing` the auction
    has ended, and its orders trade at `price`.
    """

    market: str
    status: MarketStatus
    auction_ends_at: str | None
    uncrossing: bool
    price: str | None
    volume: str
    surplus: str
    surplus_side: Side | None
    sequence: str


class OrderBook(msgspec.Struct, frozen=True, kw_only=True):
    """Price and quantity by level, best first. `book_sequence` counts the book's changes.

    Where levels were asked for by group, a bid's price is the one at or below all that is counted in it, and
    an ask's the one at or above.
    """

    market: str
    sequence: str
    book_sequence: str
    bids: list[tuple[str, str]]
    asks: list[tuple[str, str]]


class Trades(msgspec.Struct, frozen=True, kw_only=True):
    """A page of trades, newest first, or ascending behind `after`."""

    items: list[PublicTrade]
    next_cursor: str | None
    sequence: str


class PublicTrade(msgspec.Struct, frozen=True, kw_only=True):
    """A trade; `side` is the taker's. Of one that an `auction` made it is that of the later order."""

    trade_id: str
    market: str
    side: Side
    price: str
    quantity: str
    notional: str
    auction: bool
    time: str
    sequence: str


class Candles(msgspec.Struct, frozen=True, kw_only=True):
    """A page of candles, ascending. `next_cursor` leads to later ones where the query has `from`, and
    to earlier ones where it has not.
    """

    market: str
    interval: Interval
    items: list[CandleView]
    next_cursor: str | None
    sequence: str


class CandleView(msgspec.Struct, frozen=True, kw_only=True):
    """What the trades from `time` on for one interval come to.

    A stretch of time without a trade has no candle. No trade can come to a `closed` one any more.
    """

    time: str
    open: str
    high: str
    low: str
    close: str
    base_volume: str
    quote_volume: str
    trades: int
    closed: bool


class Tickers(msgspec.Struct, frozen=True, kw_only=True):
    """All markets at a glance, each as of its own sequence; `sequence` is the lowest."""

    items: list[Ticker]
    next_cursor: str | None
    sequence: str


class Ticker(msgspec.Struct, frozen=True, kw_only=True):
    """A market at a glance; figures named 24h are those of the trades of the last 24 hours.

    `change_24h` is the last price less the first one in that time.
    """

    market: str
    sequence: str
    time: str
    last_price: str | None
    best_bid: str | None
    best_ask: str | None
    open_24h: str | None
    high_24h: str | None
    low_24h: str | None
    change_24h: str | None
    base_volume_24h: str
    quote_volume_24h: str
    trades_24h: int


class Sparks(msgspec.Struct, frozen=True, kw_only=True):
    """All markets' closing prices of a day; `sequence` is the lowest that one of them reflects."""

    items: list[SparkView]
    next_cursor: str | None
    sequence: str


class SparkView(msgspec.Struct, frozen=True, kw_only=True):
    """The closing prices of a market's last 24 hours, one for each `interval` from `time` on.

    An interval without a trade has the close before it. A market younger than a day has fewer, one
    without a trade none.
    """

    market: str
    time: str
    interval: str
    closes: list[str]


class Indicators(msgspec.Struct, frozen=True, kw_only=True):
    """All indicators."""

    items: list[IndicatorView]
    next_cursor: str | None


class IndicatorView(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator.

    It is drawn over the price or in a pane of its own. `warm_up` candles before the first that is asked
    for go into the values, if the market has them, with the default parameters. `sums_since` says of
    values that are sums with which candle they begin: with the first that is read, or that of the day.
    """

    name: str
    title: str
    family: Family
    drawn: Drawn
    parameters: list[ParameterView]
    outputs: list[str]
    warm_up: int
    sums_since: SumsSince | None


class ParameterView(msgspec.Struct, frozen=True, kw_only=True):
    """A number that may be chosen, from `least` to `greatest`; a `whole` one counts candles."""

    name: str
    default: float
    least: float
    greatest: float
    whole: bool


class IndicatorValues(msgspec.Struct, frozen=True, kw_only=True):
    """A page of values, one for each candle, ascending. `next_cursor` leads where that of candles does.

    `parameters` are all that count. `since` is the time of the first candle that went into them.
    """

    market: str
    interval: str
    name: str
    parameters: dict[str, float]
    since: str | None
    items: list[IndicatorPoint]
    next_cursor: str | None
    sequence: str


class IndicatorPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The values at the candle of this time, by output: floating-point numbers, no amounts.

    Null where the market has too few candles before, or the value is no number. Those of a candle that
    is not `closed` can still change.
    """

    time: str
    closed: bool
    values: dict[str, float | None]


class FeedConfiguration(msgspec.Struct, frozen=True, kw_only=True):
    """What the feed can do."""

    supported_resolutions: list[str]
    exchanges: list[FeedChoice]
    symbols_types: list[FeedChoice]
    supports_search: bool = True
    supports_group_request: bool = False
    supports_marks: bool = False
    supports_timescale_marks: bool = True
    supports_time: bool = True


class FeedChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A choice among exchanges or types of symbols."""

    name: str
    value: str
    desc: str = ""


class FeedFound(msgspec.Struct, frozen=True, kw_only=True):
    """A market as a search shows it."""

    symbol: str
    full_name: str
    description: str
    exchange: str
    ticker: str
    type: str


class FeedBars(msgspec.Struct, frozen=True, kw_only=True):
    """Bars as columns, ascending."""

    s: FeedBarsS
    t: list[int]
    o: list[float]
    h: list[float]
    l: list[float]
    c: list[float]
    v: list[float]


class FeedNoBars(msgspec.Struct, frozen=True, kw_only=True):
    """No bar is there; the last one before is at `nextTime`, if there is one."""

    s: FeedNoBarsS
    nextTime: int | None = None


class FeedRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer, as the protocol says it: with status 200."""

    s: FeedRefusalS
    errmsg: str


class FeedMark(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, told below the chart."""

    id: str
    time: int
    color: str
    label: str
    tooltip: list[str]


class FeedQuotes(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, in its order."""

    s: FeedBarsS
    d: list[FeedQuoted]


class FeedQuoted(msgspec.Struct, frozen=True, kw_only=True):
    """The quote of the market that was asked for as `n`."""

    s: FeedQuotedS
    n: str
    v: FeedQuote | None = None


class FeedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A market's figures; those that are not there are left out."""

    short_name: str
    exchange: str
    description: str
    volume: float
    lp: float | None = None
    ch: float | None = None
    chp: float | None = None
    bid: float | None = None
    ask: float | None = None
    open_price: float | None = None
    high_price: float | None = None
    low_price: float | None = None
    prev_close_price: float | None = None


class Creators(msgspec.Struct, frozen=True, kw_only=True):
    """All creators, in the order in which they were introduced."""

    items: list[CreatorView]
    next_cursor: str | None


class CreatorView(msgspec.Struct, frozen=True, kw_only=True):
    """A creator. Texts are to be shown as text; `cover` is a path under this origin, or null."""

    asset: str
    handle: str
    name: str
    category: str
    tagline: str
    cover: str | None
    demo: bool


class CurrentIncident(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown on every page; null where there is nothing to tell."""

    incident: IncidentView | None


class IncidentView(msgspec.Struct, frozen=True, kw_only=True):
    """An incident; `ended_at` is null while it goes on."""

    id: str
    severity: Severity
    texts: IncidentTexts
    begun_at: str
    ended_at: str | None


class IncidentTexts(msgspec.Struct, frozen=True, kw_only=True):
    """What is said, by language; where there is no Arabic, English is shown."""

    en: str
    ar: str | None = None


class IncidentViews(msgspec.Struct, frozen=True, kw_only=True):
    """Incidents, the latest first."""

    items: list[IncidentView]


class OwnRoles(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator who asks is, and may do."""

    roles: list[str]
    rights: list[str]


class OperatorViews(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody with a role."""

    items: list[OperatorView]


class OperatorView(msgspec.Struct, frozen=True, kw_only=True):
    """An operator. `email` is null where the person is not known any more."""

    person: str
    email: str | None
    roles: list[str]
    since: str


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """How the exchange is. `since` is when its supervisor was started, null where there is none."""

    since: str | None
    services: list[ServiceView]
    queues: list[Queue]


class ServiceView(msgspec.Struct, frozen=True, kw_only=True):
    """A service; null is what it does not say, or what was not there to be asked.

    `state` is the supervisor's. `lag` counts commands behind the newest that any service has. `errors` are
    answers with a status of 500 and above since it was started, out of `answers`. `cpu_percent` is of one
    core, since the look before of the same edge; `open_files_percent` is of the files it may have open.
    """

    name: str
    state: str
    ready: bool | None
    waiting_for: str | None
    restarts: int
    sequence: str | None
    lag: int | None
    answers: int | None
    errors: int | None
    cpu_percent: int | None
    memory_bytes: int | None
    open_files_percent: int | None


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of work: how much waits, for how long the oldest, how much has failed, and why the last did.

    `outbox.NAME` are commands for the core, of which those have failed that it refused within 30 days;
    `mail`, of which those have failed that were refused or given up within 30 days; `audit`, events that wait
    to be sealed; `requests`, what waits for a second operator.
    """

    name: str
    waiting: int
    oldest_s: int | None
    failed: int
    last_failure: str | None


class NewIncident(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that tells everybody of an incident, in the place of one that was told before."""

    severity: Severity
    texts: IncidentTexts


class PersonViews(msgspec.Struct, frozen=True, kw_only=True):
    """Persons that were found, at most 20."""

    items: list[PersonView]


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    """A person; `account` is null until the core has opened it.

    Who has closed their account (`closed_since`) is frozen for good, and nothing is done to them any more.
    """

    person: str
    email: str
    display_name: str
    account: str | None
    created_at: str
    email_verified_since: str | None
    frozen_since: str | None
    closed_since: str | None


class PersonDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A person and their account.

    `account_frozen` says how it stands in the core, which hears of a freeze a moment later. `methods` are
    those by which the person shows that it is them. `balances` and `open_orders` are those of all of the
    person's accounts together; orders are counted up to 1,000.
    """

    person: PersonView
    frozen_reason: str | None
    account_frozen: bool
    fee_tier: int
    methods: list[str]
    sessions: int
    api_keys: int
    open_orders: int
    balances: list[Balance]
    roles: list[str]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """A person's past, the latest first. `next_cursor` is null at its end."""

    items: list[TimelineEntry]
    next_cursor: str | None


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something of a person's past: one of `event`, `order` and `transfer` is there.

    `reference` is the id of the event, of the order or of the transfer. Orders stand at their closing.
    """

    at: str
    reference: str
    event: TimelineEvent | None = None
    order: Order | None = None
    transfer: TimelineTransfer | None = None


class TimelineEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the audit log, with all of it. `actor_name` is a person's id or a login."""

    act: str
    actor: str
    actor_name: str
    refused: str | None
    client: str | None
    platform: str | None
    address: str | None
    target: str | None
    details: dict[str, str]


class TimelineTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """What a transfer moved: `amount` is negative where it left the account."""

    asset: str
    amount: str
    reason: str


class Freeze(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that freezes a person. Open orders are cancelled, or kept, in which case they may trade.

    `reason` is for operators. Of it the person is told no more than its class, by mail: `told`.
    """

    reason: str
    told: FreezeTold = "review"
    open_orders: OpenOrders = "cancel"


class Unfreeze(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that lets a person go."""

    reason: str


class RequestView(msgspec.Struct, frozen=True, kw_only=True):
    """A request. `subject` is a market or a person, of whom `subject_email` is.

    `decidable` says that who looks may approve or refuse it, `own` that they asked for it. `failure` is the
    code with which the core refused what was approved.
    """

    id: str
    act: str
    subject: str
    subject_email: str | None
    before: str
    after: str
    reason: str
    state: RequestState
    own: bool
    decidable: bool
    asked_by: OperatorName
    asked_at: str
    expires_at: str
    decided_by: OperatorName | None
    decided_at: str | None
    decision_reason: str | None
    failure: str | None


class OperatorName(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something: a person with the e-mail where it is known, or a login at the machine."""

    name: str
    email: str | None


class FeeTier(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that puts a person's account into a fee tier; 0 is none."""

    tier: int


class DeskMarkets(msgspec.Struct, frozen=True, kw_only=True):
    """All markets."""

    items: list[DeskMarket]


class DeskMarket(msgspec.Struct, frozen=True, kw_only=True):
    """A market as operators see it. `uncrossing` says that the orders of an ended auction trade."""

    market: MarketNow
    last_price: str | None
    uncrossing: bool
    tiers: list[TierRates]
    promotion: Promotion | None


class TierRates(msgspec.Struct, frozen=True, kw_only=True):
    """Rates of the accounts in a fee tier, in parts per million."""

    tier: int
    maker_fee_ppm: int
    taker_fee_ppm: int


class Promotion(msgspec.Struct, frozen=True, kw_only=True):
    """Rates that nobody pays more than until a time, in parts per million."""

    maker_fee_ppm: int
    taker_fee_ppm: int
    ends_at: str


class NewMarket(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that lists a market, which takes no orders until its status changes.

    A market begins without rebates: to lower a rate below zero takes two operators.
    """

    market: str
    tick_size: str
    lot_size: str
    reason: str
    min_notional: str = "0"
    max_quantity: str | None = None
    maker_fee_ppm: int = 1000
    taker_fee_ppm: int = 2000
    price_band_ppm: int = 0
    max_open_orders: int = 0


class MarketStatusChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that gives a market another status; an auction without `auction_ends_at` goes on."""

    status: MarketStatusChangeStatus
    reason: str
    auction_ends_at: str | None = None


class MarketBand(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that changes price band and volatility interruption; what is not named stays.

    `seen` has what each that is named was when the operator looked: where it is another by now, nothing is
    changed (`version_outdated`).
    """

    price_band_ppm: int | None = None
    reference_price: str | None = None
    interruption_ppm: int | None = None
    interruption_window_s: int | None = None
    interruption_auction_s: int | None = None
    reason: str
    seen: BandValues


class BandValues(msgspec.Struct, frozen=True, kw_only=True):
    """Price band and volatility interruption, or some of them; 0 is none."""

    price_band_ppm: int | None = None
    reference_price: str | None = None
    interruption_ppm: int | None = None
    interruption_window_s: int | None = None
    interruption_auction_s: int | None = None


class MarketLimits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that changes what orders may be from now on; what is not named stays.

    `seen` has what each that is named was, as with a band.
    """

    tick_size: str | None = None
    lot_size: str | None = None
    min_quantity: str | None = None
    max_quantity: str | None = None
    min_notional: str | None = None
    max_notional: str | None = None
    max_open_orders: int | None = None
    reason: str
    seen: LimitValues


class LimitValues(msgspec.Struct, frozen=True, kw_only=True):
    """What orders of a market may be, or some of it; 0 is no bound."""

    tick_size: str | None = None
    lot_size: str | None = None
    min_quantity: str | None = None
    max_quantity: str | None = None
    min_notional: str | None = None
    max_notional: str | None = None
    max_open_orders: int | None = None


class Why(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A body that says why, and nothing else."""

    reason: str


class CancelledMarketOrders(msgspec.Struct, frozen=True, kw_only=True):
    """How many orders of a market were cancelled."""

    cancelled: int


class MarketFeeRates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for other rates of orders from now on; tier 0 is for all who have none."""

    maker_fee_ppm: int
    taker_fee_ppm: int
    reason: str
    tier: int = 0


class MarketPromotion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for lower rates until a time."""

    maker_fee_ppm: int
    taker_fee_ppm: int
    ends_at: str
    reason: str


class AllRiskLimits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits that tiers have of their own, by market and tier."""

    items: list[RiskLimits]


class RiskLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What accounts of a tier may ask for in a market, and from where on operators are told.

    Quantities are in base, notionals in quote; "0" and 0 are none. Tier 0 stands for all that have no
    limits of their own.
    """

    market: str
    tier: int
    max_quantity: str
    max_notional: str
    max_notional_per_minute: str
    max_open_orders: int
    flag_notional_per_minute: str
    flag_cancels: int
    flag_cancels_per_fill: int
    flag_far_orders: int
    flag_far_ppm: int
    flag_self_trades: int


class NewRiskLimits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that sets limits of a tier; what is not named stays.

    A tier of which all are 0 has none of its own from then on. `seen` has what each that is named was of the
    tier's own, so 0 where it had none: where it is another by now, nothing is set (`version_outdated`).
    """

    max_quantity: str | None = None
    max_notional: str | None = None
    max_notional_per_minute: str | None = None
    max_open_orders: int | None = None
    flag_notional_per_minute: str | None = None
    flag_cancels: int | None = None
    flag_cancels_per_fill: int | None = None
    flag_far_orders: int | None = None
    flag_far_ppm: int | None = None
    flag_self_trades: int | None = None
    reason: str
    seen: RiskValues
    tier: int = 0


class RiskValues(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of a tier, or some of them; 0 is none."""

    max_quantity: str | None = None
    max_notional: str | None = None
    max_notional_per_minute: str | None = None
    max_open_orders: int | None = None
    flag_notional_per_minute: str | None = None
    flag_cancels: int | None = None
    flag_cancels_per_fill: int | None = None
    flag_far_orders: int | None = None
    flag_far_ppm: int | None = None
    flag_self_trades: int | None = None


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    """What was told of accounts, the latest first. `next_cursor` is null at its end."""

    items: list[FlagView]
    next_cursor: str | None


class FlagView(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern that an account has shown within a minute.

    `counted` and `bound` are quote units of a notional, of others how many; `fills` is null but for
    cancels. The account hears nothing of it.
    """

    at: str
    account: str
    market: str
    pattern: Pattern
    counted: str
    bound: str
    fills: int | None
    sequence: str


class AllRates(msgspec.Struct, frozen=True, kw_only=True):
    """The rates that tiers have of their own, by tier, and the bounds of all."""

    items: list[TierRate]
    bounds: list[RateBounds]


class TierRate(msgspec.Struct, frozen=True, kw_only=True):
    """A rate that a tier has of its own. Tier 0 stands for all that have none."""

    tier: int
    limit: TierRateLimit
    at_once: int
    per_second: int


class RateBounds(msgspec.Struct, frozen=True, kw_only=True):
    """Between what a rate may be set."""

    limit: TierRateLimit
    at_once_min: int
    at_once_max: int
    per_second_min: int
    per_second_max: int


class NewRate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that sets a rate of a tier; 0 at once and 0 a second leave it that of tier 0."""

    reason: str
    limit: TierRateLimit
    at_once: int
    per_second: int
    tier: int = 0


class RequestViews(msgspec.Struct, frozen=True, kw_only=True):
    """Requests, the latest first, at most 100."""

    items: list[RequestView]


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that refuses a request."""

    reason: str


class NewOperator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that asks for an operator's role for a person."""

    person: str
    role: Role
    reason: str


class AuditEvents(msgspec.Struct, frozen=True, kw_only=True):
    """Events, the latest first. `next_cursor` is null at the end."""

    items: list[AuditEventView]
    next_cursor: str | None


class AuditEventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the audit log, with all of it.

    `actor_name` is a person's id, a login or a service; `actor_email` and `person_email` are there where the
    person is known. `person` is whose account it concerns, `target` what it was done to.
    """

    id: str
    at: str
    act: str
    actor: str
    actor_name: str
    actor_email: str | None
    person: str | None
    person_email: str | None
    target: str | None
    refused: str | None
    address: str | None
    client: str | None
    platform: str | None
    details: dict[str, str]


class AuditActs(msgspec.Struct, frozen=True, kw_only=True):
    """Every act that there is, by name."""

    items: list[str]


class SettingChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Changes, the latest first. `next_cursor` is null at the end."""

    items: list[SettingChange]
    next_cursor: str | None


class SettingChange(msgspec.Struct, frozen=True, kw_only=True):
    """A setting that somebody changed. `subject` is a market, or a person, of whom `subject_email` is.

    `before` and `after` name what changed, such as `status=open`; `before` is empty where there was nothing.
    `by` has done it, or approved what `asked_by` had asked for, which is null where one operator was enough.
    """

    id: str
    at: str
    act: str
    subject: str
    subject_email: str | None
    before: str
    after: str
    reason: str | None
    by: OperatorName
    asked_by: OperatorName | None


class AuditChain(msgspec.Struct, frozen=True, kw_only=True):
    """How far the log is sealed, and when it was last held against its chain.

    `position` counts sealed events, of which the last was signed at `signed_at`; `waiting` are still to be
    sealed. `verified_at` is when `./cse verify --audit` last went through all of it, with so many findings;
    null where it never did.
    """

    position: str
    signed_at: str | None
    waiting: int
    verified_at: str | None
    verified_events: int | None
    findings: int | None


class Jobs(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, the latest first."""

    queues: list[Queue]
    mails: list[JobMail]
    refused: list[RefusedCommand]


class JobMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that was tried in vain. `state` is `waiting`, `refused` or `given up`; `recipient` is veiled."""

    id: str
    kind: str
    recipient: str
    created_at: str
    tries: int
    next_try_at: str | None
    state: str
    last_failure: str | None
    retriable: bool


class RefusedCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A command that the core refused: nothing of it has happened, and it is not tried again."""

    outbox: str
    number: str
    code: str
    at: str


class VerificationQueue(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed in and waits, the oldest first, or what is approved, the latest first; at most 100."""

    items: list[QueuedVerification]


class QueuedVerification(msgspec.Struct, frozen=True, kw_only=True):
    """An application that is handed in. `stage` is who is to decide; operators may at any time.

    `has_hit` says that the person meets the list of sanctions.
    """

    id: str
    person: str
    email: str | None
    level: ApplicationLevel
    stage: Stage | None
    has_hit: bool
    submitted_at: str


class ReviewedVerification(msgspec.Struct, frozen=True, kw_only=True):
    """An application as who reviews it sees it.

    What it says of the person is null once it is erased. `hits` are the entries of the list of sanctions that
    the person meets. `reason` is what the person was told where it was refused or revoked.
    """

    id: str
    person: str
    email: str | None
    level: ApplicationLevel
    state: ApplicationState
    stage: Stage | None
    legal_name: str | None
    date_of_birth: str | None
    country: str | None
    hits: list[Listed]
    documents: list[DocumentView]
    submitted_at: str
    decided_at: str | None
    decided_by: str | None
    reason: str | None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the list of sanctions: the name as it stands there, and a date of birth or its year."""

    name: str
    born: str


class Approval(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that approves: why, for operators, and whether a hit on the list was looked at."""

    reason: str
    hit_cleared: bool = False


class VerificationRefusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body that refuses, or takes an approval back: what the person is told, and why, for operators."""

    told: VerificationRefusalTold
    reason: str


class FaucetRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What play money is asked for."""

    asset: str
    amount: str


class FaucetGrant(msgspec.Struct, frozen=True, kw_only=True):
    """Play money that is in the account."""

    asset: str
    amount: str
    account: str
    sequence: str


class Mailbox(msgspec.Struct, frozen=True, kw_only=True):
    """What the demo would have sent, the newest first."""

    items: list[MailView]


class MailView(msgspec.Struct, frozen=True, kw_only=True):
    """A mail in the demo's mailbox."""

    id: str
    recipient: str
    subject: str
    text: str
    received_at: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `/health` says. `waiting_for` is None when ready."""

    service: str
    alive: bool
    ready: bool
    waiting_for: str | None
