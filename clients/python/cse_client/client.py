"""The exchange's REST API as one object: for a person once signed in, for a visitor before."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Literal, Self, TypeVar

from msgspec import Struct, structs

from cse_client import codes, models, placing
from cse_client.errors import ApiError, ClientError, NotSignedIn, OrderRefused, OutcomeUnknown
from cse_client.http.aiohttp_transport import AiohttpTransport
from cse_client.http.patience import Patience
from cse_client.http.socket_transport import SocketTransport
from cse_client.http.transport import Transport
from cse_client.keys import ApiKey
from cse_client.market import Market
from cse_client.models import (
    AmendedOrder,
    Assets,
    AssetView,
    Balance,
    Balances,
    BatchedCancel,
    BatchedPlacement,
    Candles,
    Creators,
    CreatorView,
    Fill,
    Fills,
    Markets,
    MarketView,
    NamedOrder,
    NewOrder,
    OneOrder,
    Order,
    OrderBook,
    Orders,
    PlacedOrder,
    PublicTrade,
    Replacement,
    Report,
    Side,
    SignedIn,
    SignIn,
    SignUp,
    Ticker,
    Tickers,
    Trades,
)
from cse_client.pages import all_items
from cse_client.requests import Requests, target
from cse_client.session import Session
from cse_client.signing import Signing

_Response = TypeVar("_Response")
_MISSES = (codes.ORDER_NOT_OPEN, codes.ORDER_UNKNOWN)


class CseClient:
    """A client of one exchange, and of at most one person or API key.

    Calls raise `ClientError`, whose `money` says whether one must look before one acts again. They are
    made again while that may help and cannot do anything twice; see `Patience`.

    Args:
        url: the exchange, such as `http://127.0.0.1:8000`.
        transport: what carries the requests, to be shared by several clients and closed by whoever made
            it; by default one of its own.
        patience: how long calls are made again.
        key: signs the calls, in the place of a person who signs in.
        window_ms: for how long a signed call is good.
    """

    def __init__(
        self,
        url: str,
        *,
        transport: Transport | None = None,
        patience: Patience | None = None,
        key: ApiKey | None = None,
        window_ms: int | None = None,
    ) -> None:
        self.url = url
        self._is_shared = transport is not None
        self._transport = transport or AiohttpTransport(url)
        self.signing = None if key is None else Signing(key, window_ms)
        self._requests = Requests(self._transport, patience or Patience(), self.signing)
        if isinstance(transport, SocketTransport):
            transport.access_token, transport.signing = self.access_token, self.signing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections, unless they are shared."""
        if not self._is_shared:
            await self._transport.close()

    @property
    def session(self) -> Session | None:
        """Who is signed in."""
        return self._requests.sessions.current

    @property
    def sequence(self) -> int:
        """The highest sequence of the journal that an answer reflected."""
        return self._requests.sequence

    # Sessions

    async def sign_up(self, email: str, password: str, display_name: str) -> Session:
        """Signs a person up and in."""
        body = SignUp(email=email, password=password, display_name=display_name)
        try:
            signed_in = await self._requests.ask(
                "POST", "/api/auth/sign-up", SignedIn, body=body, repeatable=False, signed_in=False
            )
        except ClientError as error:
            if error.money == "none":
                raise
            return await self._sign_up_again(body)
        return self._requests.sessions.begin(signed_in)

    async def sign_in(self, email: str, password: str) -> Session:
        """Signs a person in.

        Raises `SessionRefused` with the code `second_factor_required` and a challenge where the person has
        a second factor; `sign_in_with_code` is the next step.
        """
        body = SignIn(email=email, password=password)
        signed_in = await self._requests.ask(
            "POST", "/api/auth/sign-in", SignedIn, body=body, signed_in=False
        )
        return self._requests.sessions.begin(signed_in)

    async def sign_in_with_code(self, challenge: str, code: str) -> Session:
        """The second step of a sign-in, by a code of the authenticator or a recovery code."""
        body = models.SignInCode(challenge=challenge, code=code)
        signed_in = await self._requests.ask(
            "POST", "/api/auth/sign-in/code", SignedIn, body=body, repeatable=False, signed_in=False
        )
        return self._requests.sessions.begin(signed_in)

    async def password_strength(self, password: str, known: Sequence[str] = ()) -> models.PasswordStrength:
        """How hard a password is to guess for who knows these texts, and whether it may be chosen."""
        body = models.PasswordToJudge(password=password, known=list(known))
        path = "/api/auth/password-strength"
        return await self._requests.ask("POST", path, models.PasswordStrength, body=body, signed_in=False)

    async def request_password_reset(self, email: str) -> None:
        """Has a link by which to choose another password sent to this e-mail, if it has an account."""
        body = models.PasswordResetRequest(email=email)
        await self._requests.ask(
            "POST", "/api/auth/password-reset", type(None), body=body, repeatable=False, signed_in=False
        )

    async def complete_password_reset(self, token: str, password: str) -> None:
        """Chooses another password by the token of such a link. It ends all sessions and begins none."""
        body = models.PasswordReset(token=token, password=password)
        await self._requests.ask(
            "POST",
            "/api/auth/password-reset/complete",
            type(None),
            body=body,
            repeatable=False,
            signed_in=False,
        )

    async def verify_email(self, token: str) -> None:
        """Takes the link that was sent to the person's address, by its token."""
        body = models.EmailVerification(token=token)
        await self._requests.ask("POST", "/api/auth/verify-email", type(None), body=body, repeatable=False)

    async def email(self) -> models.EmailView:
        """The person's e-mail, and since when it is known that they read its mail."""
        return await self._requests.ask("GET", "/api/security/email", models.EmailView)

    async def send_email_verification(self) -> None:
        """Has another link sent to the person's e-mail."""
        await self._requests.ask("POST", "/api/security/email/verification", type(None), repeatable=False)

    async def set_mail_phrase(self, phrase: str) -> None:
        """Has a phrase stand at the head of every mail to the person; needs a step up."""
        body = models.MailPhrase(phrase=phrase)
        await self._requests.ask("POST", "/api/security/mail-phrase", type(None), body=body)

    async def remove_mail_phrase(self) -> None:
        """Has none stand there; needs a step up."""
        await self._requests.ask("DELETE", "/api/security/mail-phrase", type(None))

    def resume(self, session: Session) -> None:
        """Goes on with the tokens of another client or of another day."""
        self._requests.sessions.current = session

    async def access_token(self, refused: str = "") -> str:
        """A token with some life left, and another than one that was refused. Raises `NotSignedIn`."""
        sessions = self._requests.sessions
        return await (sessions.renewed(refused) if refused else sessions.access_token())

    async def sign_out(self) -> None:
        """Ends the session, here and on the exchange; one that has ended already is well ended."""
        try:
            await self._requests.ask("POST", "/api/auth/sign-out", type(None))
        except NotSignedIn:
            pass
        finally:
            self._requests.sessions.end()

    async def security_events(self, *, limit: int = 20, cursor: str | None = None) -> models.SecurityEvents:
        """What was done to the account, or tried, the latest first, from a cursor on."""
        path = target("security", "events", limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.SecurityEvents)

    async def open_sessions(self) -> list[models.SessionView]:
        """Where the person is signed in, the latest used first."""
        return (await self._requests.ask("GET", "/api/sessions", models.Sessions)).items

    async def name_session(self, session_id: str, name: str | None) -> None:
        """Names a session; None takes its name away."""
        body = models.NamedSession(name=name)
        await self._requests.ask("PATCH", target("sessions", session_id), type(None), body=body)

    async def end_session(self, session_id: str) -> None:
        """Ends a session, on every process of the exchange within a second."""
        await self._requests.ask("DELETE", target("sessions", session_id), type(None))

    async def end_other_sessions(self) -> int:
        """Ends all sessions but this one; how many."""
        return (await self._requests.ask("DELETE", "/api/sessions", models.EndedSessions)).ended

    async def security(self) -> models.Security:
        """What guards the account."""
        return await self._requests.ask("GET", "/api/security", models.Security)

    async def step_up(self, *, code: str | None = None, password: str | None = None) -> None:
        """Shows that it is still the same person, which some calls ask for."""
        body = models.StepUpProof(code=code, password=password)
        await self._requests.ask("POST", "/api/auth/step-up", type(None), body=body, repeatable=False)

    async def begin_totp(self) -> models.TotpEnrolment:
        """A secret for an authenticator, which counts once `confirm_totp` has had a code of it."""
        return await self._requests.ask("POST", "/api/security/totp", models.TotpEnrolment)

    async def confirm_totp(self, code: str) -> list[str]:
        """Makes the authenticator count; the recovery codes, which are shown this once."""
        body = models.TotpCode(code=code)
        answer = await self._requests.ask(
            "POST", "/api/security/totp/confirm", models.RecoveryCodes, body=body, repeatable=False
        )
        return answer.codes

    async def remove_totp(self) -> None:
        """Takes the authenticator and the recovery codes away."""
        await self._requests.ask("DELETE", "/api/security/totp", type(None))

    async def renew_recovery_codes(self) -> list[str]:
        """New recovery codes for the old."""
        answer = await self._requests.ask("POST", "/api/security/recovery-codes", models.RecoveryCodes)
        return answer.codes

    # API keys

    async def make_key(self, key: models.NewApiKey) -> models.NewlyMadeApiKey:
        """Makes an API key, once. Its secret is in this answer and nowhere else."""
        return await self._requests.ask(
            "POST", "/api/keys", models.NewlyMadeApiKey, body=key, repeatable=False
        )

    async def api_keys(self) -> list[models.ApiKeyView]:
        """The person's keys that are not revoked, newest first."""
        return (await self._requests.ask("GET", "/api/keys", models.ApiKeys)).items

    async def api_key(self, key: str) -> models.ApiKeyView:
        """One key."""
        return (await self._requests.ask("GET", target("keys", key), models.OneApiKey)).key

    async def change_key(self, key: str, changes: models.ChangedApiKey) -> models.ApiKeyView:
        """Changes label, networks or end of a key."""
        path = target("keys", key)
        return (await self._requests.ask("PATCH", path, models.OneApiKey, body=changes)).key

    async def revoke_key(self, key: str) -> None:
        """Revokes a key, everywhere within a second."""
        await self._requests.ask("DELETE", target("keys", key), type(None))

    async def key_self(self) -> models.ApiKeySelf:
        """What the client's key may do, and where its limits stand."""
        return await self._requests.ask("GET", "/api/keys/self", models.ApiKeySelf)

    async def limits(self) -> list[models.LimitView]:
        """Where the caller's limits stand."""
        return (await self._requests.ask("GET", "/api/limits", models.LimitsNow)).items

    # What everyone may read

    async def assets(self) -> list[AssetView]:
        """All assets."""
        return (await self._read("/api/assets", Assets)).items

    async def market_views(self) -> list[MarketView]:
        """All markets as the exchange describes them."""
        return (await self._read("/api/markets", Markets)).items

    async def markets(self) -> dict[str, Market]:
        """All markets by name, ready to count in."""
        assets = await self.assets()
        return {view.market: Market.of(view, assets) for view in await self.market_views()}

    async def market(self, name: str) -> Market:
        """One market. Raises `KeyError`."""
        return (await self.markets())[name]

    async def market_view(self, name: str) -> MarketView:
        """One market as the exchange describes it now."""
        return await self._read(target("markets", name), MarketView)

    async def auction(self, market: str) -> models.AuctionView:
        """What a market's auction would trade now."""
        return await self._read(target("markets", market, "auction"), models.AuctionView)

    async def order_book(self, market: str, depth: int = 50) -> OrderBook:
        """The best `depth` levels of each side, at most 500."""
        return await self._read(target("orderbook", market, depth=depth), OrderBook)

    async def trades(
        self, market: str, limit: int = 100, cursor: str | None = None, after: str | None = None
    ) -> Trades:
        """A page of a market's trades: newest first, or ascending those with an id above `after`."""
        path = target("trades", market=market, limit=limit, cursor=cursor, after=after)
        return await self._read(path, Trades)

    def all_trades(self, market: str) -> AsyncIterator[PublicTrade]:
        """All trades of a market, newest first."""
        return all_items(lambda cursor: self.trades(market, 1_000, cursor))

    async def ticker(self, market: str) -> Ticker:
        """A market at a glance."""
        return await self._read(target("ticker", market), Ticker)

    async def tickers(self) -> dict[str, Ticker]:
        """All markets at a glance, by name."""
        return {ticker.market: ticker for ticker in (await self._read("/api/tickers", Tickers)).items}

    async def candles(
        self,
        market: str,
        interval: str,
        start: str | None = None,
        end: str | None = None,
        limit: int = 500,
        cursor: str | None = None,
    ) -> Candles:
        """Ascending candles that begin at `start` or later and before `end`, both RFC 3339.

        Without `start` those are the newest before `end`. A time without a trade has no candle.
        """
        query = {"interval": interval, "from": start, "to": end, "limit": limit, "cursor": cursor}
        return await self._read(target("candles", market, **query), Candles)

    async def creators(self) -> list[CreatorView]:
        """Who stands behind the tokens."""
        return (await self._read("/api/creators", Creators)).items

    async def health(self) -> Report:
        """Whether the exchange is ready. One that is not answers with status 503, and so is waited for."""
        return await self._read("/api/health", Report)

    # A person's own

    async def balances(self) -> dict[str, Balance]:
        """What the account has, by asset."""
        page = await self._requests.ask("GET", "/api/balances", Balances)
        return {balance.asset: balance for balance in page.items}

    async def fees(self) -> models.Fees:
        """The account's fee tier, and its rates in every market."""
        return await self._requests.ask("GET", "/api/fees", models.Fees)

    async def orders(
        self,
        market: str | None = None,
        status: Literal["open", "closed", "all"] = "open",
        limit: int = 100,
        cursor: str | None = None,
    ) -> Orders:
        """A page of orders: open ones newest first, then closed ones by their closing, newest first."""
        path = target("orders", market=market, status=status, limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, Orders)

    def all_orders(
        self, market: str | None = None, status: Literal["open", "closed", "all"] = "open"
    ) -> AsyncIterator[Order]:
        """All orders, page by page."""
        return all_items(lambda cursor: self.orders(market, status, 500, cursor))

    async def fills(self, market: str | None = None, limit: int = 100, cursor: str | None = None) -> Fills:
        """A page of fills, newest first."""
        path = target("fills", market=market, limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, Fills)

    def all_fills(self, market: str | None = None) -> AsyncIterator[Fill]:
        """All fills, newest first."""
        return all_items(lambda cursor: self.fills(market, 500, cursor))

    async def order(self, order_id: str) -> Order:
        """One order."""
        return (await self._requests.ask("GET", target("orders", order_id), OneOrder)).order

    async def linked_order_ids(self, order_id: str) -> list[str]:
        """The ids of the open orders that an order is linked with; none when it is closed."""
        answer = await self._requests.ask("GET", target("orders", order_id), OneOrder)
        return answer.linked_order_ids

    async def order_by_client_id(self, client_order_id: str) -> Order:
        """One order by the client's id."""
        path = target("orders", "by-client-id", client_order_id)
        return (await self._requests.ask("GET", path, OneOrder)).order

    # Orders

    async def place_order(self, order: NewOrder) -> PlacedOrder:
        """Places an order, once. Without a client order id it gets one.

        Raises:
            ApiError: refused; nothing happened.
            OutcomeUnknown: no answer came, and only a look will tell.
        """
        order = placing.named(order)
        return await self._place("/api/orders", PlacedOrder, order, order)

    async def place_and_resolve(
        self, order: NewOrder, *, patience_s: float = 60.0, repeat: bool = True
    ) -> PlacedOrder:
        """Places an order, and stays with it until it is known what came of it.

        With `repeat` it is sent again under its client order id, which has one effect at most; without,
        it is only looked up. Raises like `place_order`, and `NotPlaced` without `repeat`.
        """
        patience = replace(self._requests.patience, patience_s=patience_s)
        return await placing.place_and_resolve(self, order, patience, repeat=repeat)

    async def amend_order(self, order_id: str, changes: AmendedOrder) -> Order:
        """Amends an open order, once; the order as it then is.

        Raises:
            ClientError: nothing has changed; where `money` is `unknown`, only a look at the order will tell.
        """
        path = target("orders", order_id)
        answer = await self._requests.ask("PATCH", path, OneOrder, body=changes, repeatable=False)
        return answer.order

    async def amend_by_client_id(self, client_order_id: str, changes: AmendedOrder) -> Order:
        """Amends an open order by the client's id, once; raises like `amend_order`."""
        path = target("orders", "by-client-id", client_order_id)
        answer = await self._requests.ask("PATCH", path, OneOrder, body=changes, repeatable=False)
        return answer.order

    async def place_orders(self, orders: Sequence[NewOrder]) -> list[BatchedPlacement]:
        """Places up to 20 orders one behind another, each for itself; what came of each, in their order.

        Each gets a client order id where it has none, so that sending them again places nothing twice.
        """
        body = models.NewOrders(orders=[placing.named(order) for order in orders])
        return (await self._requests.ask("POST", "/api/orders/batch", models.PlacedOrders, body=body)).items

    async def cancel_orders(self, orders: Sequence[NamedOrder]) -> list[BatchedCancel]:
        """Cancels up to 50 orders, each for itself; what came of each, in their order.

        After an answer that was lost, one that the first try closed is `order_not_open`.
        """
        body = models.NamedOrders(orders=list(orders))
        return (
            await self._requests.ask("POST", "/api/orders/cancel-batch", models.CancelledBatch, body=body)
        ).items

    async def cancel_after(self, timeout_ms: int) -> str | None:
        """Has all open orders cancelled after so many milliseconds, unless it is called again before.

        Returns when that will be; with 0 never, and None.
        """
        body = models.CancelAfter(timeout_ms=timeout_ms)
        answer = await self._requests.ask("POST", "/api/orders/cancel-after", models.CancelTimer, body=body)
        return answer.fires_at

    async def cancel_timer(self) -> str | None:
        """When the cancel timer fires; None where none is set."""
        answer = await self._requests.ask("GET", "/api/orders/cancel-after", models.CancelTimer)
        return answer.fires_at

    async def replace_order(self, replacement: Replacement) -> models.ReplacedOrder:
        """Cancels an order and places another, as one, once; raises like `place_order`."""
        order = placing.named(replacement.order)
        body = structs.replace(replacement, order=order)
        return await self._place("/api/orders/replace", models.ReplacedOrder, body, order)

    async def place_list(self, listed: models.NewOrderList) -> models.PlacedOrderList:
        """Places orders that are linked, all or none, once. The first one is named like in `place_order`."""
        first = placing.named(listed.orders[0])
        body = structs.replace(listed, orders=[first, *listed.orders[1:]])
        return await self._place("/api/orders/list", models.PlacedOrderList, body, first)

    async def cancel_order(self, order_id: str) -> Order:
        """Cancels an open order; the order as it then is."""
        return await self._cancel(target("orders", order_id))

    async def cancel_by_client_id(self, client_order_id: str) -> Order:
        """Cancels an open order by the client's id; the order as it then is."""
        return await self._cancel(target("orders", "by-client-id", client_order_id))

    async def cancel_all(self, market: str | None = None, side: Side | None = None) -> int:
        """Cancels all open orders, or those of a market or side; how many.

        After an answer that was lost those of the first try are not in the count.
        """
        path = target("orders", market=market, side=side)
        return (await self._requests.ask("DELETE", path, models.CancelledOrders)).cancelled

    async def take_from_faucet(self, asset: str, amount: str, key: str | None = None) -> models.FaucetGrant:
        """Takes play money, once for a `key`, which is made here if there is none."""
        headers = {"idempotency-key": key or uuid.uuid4().hex}
        body = models.FaucetRequest(asset=asset, amount=amount)
        return await self._requests.ask("POST", "/api/faucet", models.FaucetGrant, body=body, headers=headers)

    async def _place(self, path: str, response: type[_Response], body: Struct, order: NewOrder) -> _Response:
        try:
            return await self._requests.ask("POST", path, response, body=body, repeatable=False)
        except ClientError as error:
            if error.money == "none":
                raise
            raise OutcomeUnknown(str(order.client_order_id), str(error)) from error

    async def _read(self, path: str, response: type[_Response]) -> _Response:
        return await self._requests.ask("GET", path, response, signed_in=False)

    async def _sign_up_again(self, body: SignUp) -> Session:
        """After a sign-up without an answer: it was done, or is done now."""
        try:
            return await self.sign_in(body.email, body.password)
        except ApiError as error:
            if error.code != codes.WRONG_CREDENTIALS:
                raise
        signed_in = await self._requests.ask(
            "POST", "/api/auth/sign-up", SignedIn, body=body, signed_in=False
        )
        return self._requests.sessions.begin(signed_in)

    async def _cancel(self, path: str) -> Order:
        try:
            return (await self._requests.ask("DELETE", path, OneOrder, repeatable=False)).order
        except ClientError as error:
            if error.money == "none":
                raise
        # No answer came: whichever try closes the order, it is closed in the end.
        order = (await self._requests.ask("GET", path, OneOrder)).order
        if order.status == "open":
            try:
                return (await self._requests.ask("DELETE", path, OneOrder)).order
            except OrderRefused as refusal:
                if refusal.code not in _MISSES:
                    raise
            order = (await self._requests.ask("GET", path, OneOrder)).order
        return order
