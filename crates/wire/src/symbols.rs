//! Text of fixed width, and the small closed sets that fields number.

/// Text in a field of fixed width: UTF-8 bytes, then zeros to the end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol<const N: usize>(pub [u8; N]);

impl<const N: usize> Symbol<N> {
    /// No text.
    pub const EMPTY: Self = Self([0; N]);

    /// The text padded with zeros; `None` when it is longer than the field or holds a zero.
    #[must_use]
    pub fn new(text: &[u8]) -> Option<Self> {
        if text.len() > N || text.contains(&0) {
            return None;
        }
        let mut raw = [0; N];
        raw[..text.len()].copy_from_slice(text);
        Some(Self(raw))
    }

    /// The bytes before the padding.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        let end = self.0.iter().position(|&byte| byte == 0).unwrap_or(N);
        &self.0[..end]
    }

    /// Whether there is no text.
    #[inline(always)]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0[0] == 0
    }

    /// Whether the whole field is zeros.
    #[inline]
    #[must_use]
    pub fn is_blank(&self) -> bool {
        // All bytes together: that needs no loop, and no call.
        self.0.iter().fold(0, |bits, byte| bits | byte) == 0
    }

    /// Whether nothing but zeros follows the text.
    #[must_use]
    pub fn is_padded(&self) -> bool {
        self.0[self.bytes().len()..].iter().all(|&byte| byte == 0)
    }
}

impl<const N: usize> core::fmt::Debug for Symbol<N> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            formatter,
            "{:?}",
            core::str::from_utf8(self.bytes()).unwrap_or("?")
        )
    }
}

/// A closed set of numbered names, as generators see it.
#[derive(Clone, Copy, Debug)]
pub struct Enumeration {
    /// The set's name, such as `Side`.
    pub name: &'static str,
    /// Name and number of each member.
    pub members: &'static [(&'static str, u8)],
}

macro_rules! enumerations {
    ($($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $member_doc:literal])* $member:ident = $number:literal,)*
    })*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[repr(u8)]
            pub enum $name { $($(#[doc = $member_doc])* $member = $number,)* }

            impl $name {
                /// The member with this number.
                #[must_use]
                #[inline]
                pub const fn from_number(number: u8) -> Option<Self> {
                    match number { $($number => Some(Self::$member),)* _ => None }
                }
            }
        )*

        /// Every closed set, for generators.
        pub const ENUMERATIONS: &[Enumeration] = &[$(
            Enumeration {
                name: stringify!($name),
                members: &[$((stringify!($member), $number)),*],
            },
        )*];
    };
}

enumerations! {
    /// Which side of the book an order is on.
    Side {
        /// Buys base for quote.
        Buy = 1,
        /// Sells base for quote.
        Sell = 2,
    }
    /// What makes an order match. All but limit and market are trigger orders, which wait first.
    OrderType {
        /// At a price or better.
        Limit = 1,
        /// At whatever prices rest.
        Market = 2,
        /// A market order behind a trigger, with the loss.
        StopLoss = 3,
        /// A limit order behind a trigger, with the loss.
        StopLimit = 4,
        /// A market order behind a trigger, with the profit.
        TakeProfit = 5,
        /// A limit order behind a trigger, with the profit.
        TakeProfitLimit = 6,
        /// A market order behind a trigger that follows the price.
        TrailingStop = 7,
    }
    /// How long an order may rest.
    TimeInForce {
        /// Until cancelled.
        Gtc = 1,
        /// Not at all: what does not trade at once expires.
        Ioc = 2,
        /// Not at all, and it trades whole or not.
        Fok = 3,
        /// Until a time.
        Gtd = 4,
        /// Until the day ends, at 00:00 UTC.
        Day = 5,
    }
    /// What happens when an owner's order meets another of the same owner.
    SelfTradePrevention {
        /// The incoming order's rest is cancelled.
        CancelNewest = 1,
        /// The resting order is cancelled.
        CancelOldest = 2,
        /// Both are cancelled.
        CancelBoth = 3,
        /// Both shrink by the smaller quantity.
        Decrement = 4,
        /// They trade, unless they are of the same account.
        None = 5,
    }
    /// How the orders of a list are linked.
    OrderListKind {
        /// A limit order and a stop: one cancels the other.
        Oco = 1,
        /// A buy, and a limit order and a stop that sell what it bought.
        Bracket = 2,
    }
    /// What is told of an account.
    RiskPattern {
        /// It orders for more than is usual.
        Notional = 1,
        /// It cancels much and trades little.
        Cancels = 2,
        /// It orders far from the market.
        FarOrders = 3,
        /// Its orders meet those of its owner.
        SelfTrades = 4,
    }
    /// Where a trigger order is before it matches.
    TriggerPhase {
        /// It waits for a trade.
        Waiting = 1,
        /// It has fired, and stands in its market's queue.
        Fired = 2,
        /// It waits for the entry of its bracket to close.
        Attached = 3,
    }
    /// What a replacement does when one of its halves cannot be.
    ReplaceMode {
        /// Both or nothing.
        StopOnFailure = 1,
        /// Each for itself.
        AllowFailure = 2,
    }
    /// What must hold before a leg of a transfer is applied.
    TransferCondition {
        /// The debit has so much available.
        DebitAtLeast = 1,
        /// The credit has no more than so much afterwards, available and locked.
        CreditAtMost = 2,
    }
    /// What an account is for.
    AccountKind {
        /// A person's or organisation's first account.
        Main = 1,
        /// A further account of the same owner.
        Sub = 2,
        /// An account that only leaves with approvals.
        Vault = 3,
        /// An account that a schedule pays out of.
        Vesting = 4,
        /// The exchange's own: fees and the like.
        System = 5,
        /// The world outside, by asset and network; the one kind whose balance falls below zero.
        External = 6,
    }
    /// What a market lets happen.
    MarketStatus {
        /// Continuous trading: orders are taken and matched.
        Open = 1,
        /// Orders are refused; cancels are taken.
        Halted = 2,
        /// A call auction: orders are collected, and trade at one price when it ends.
        Auction = 3,
        /// Listed, and not opened yet.
        Created = 4,
        /// Orders are refused, and those that rest are to go.
        CancelOnly = 5,
        /// Closed for good.
        Delisted = 6,
    }
    /// Why an order is no longer open.
    CloseReason {
        /// All of it traded, or a quote amount was spent as far as whole lots go.
        Filled = 1,
        /// Its owner cancelled it.
        Cancelled = 2,
        /// Its time came, or what was left of it could not trade at once.
        Expired = 3,
        /// Fill-or-kill that could not fill.
        Killed = 4,
        /// It met an order of the same owner.
        SelfTrade = 5,
        /// The order it was linked with filled, fired or closed.
        Linked = 6,
    }
}
