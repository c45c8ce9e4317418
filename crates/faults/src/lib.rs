//! Faults on purpose in the core and what it stands on, one of which may be chosen in a build with
//! the feature `mutants`. A test shows that each is found, and by what: `docs/mutants.md`.
//!
//! A new fault is a line in the list below, and [`fault!`] where it lies.
#![no_std]
#![forbid(unsafe_code)]

/// `fault!(Name, wrong, right)` is the expression `right`, or `wrong` where that fault is chosen.
/// `fault!(Name, wrong)` is nothing, or `wrong`.
#[cfg(not(feature = "mutants"))]
#[macro_export]
macro_rules! fault {
    ($name:ident, $wrong:expr, $right:expr) => {
        $right
    };
    ($name:ident, $wrong:expr) => {};
}

/// `fault!(Name, wrong, right)` is the expression `right`, or `wrong` where that fault is chosen.
/// `fault!(Name, wrong)` is nothing, or `wrong`.
#[cfg(feature = "mutants")]
#[macro_export]
macro_rules! fault {
    ($name:ident, $wrong:expr, $right:expr) => {
        if $crate::is_chosen($crate::Fault::$name) {
            $wrong
        } else {
            $right
        }
    };
    ($name:ident, $wrong:expr) => {
        if $crate::is_chosen($crate::Fault::$name) {
            $wrong
        }
    };
}

#[cfg(feature = "mutants")]
pub use chosen::{FAULTS, Fault, choose, is_chosen};

#[cfg(feature = "mutants")]
mod chosen {
    use core::sync::atomic::{AtomicUsize, Ordering};

    macro_rules! faults {
        ($($name:ident: $sentence:literal,)*) => {
            /// What can be wrong.
            #[derive(Clone, Copy, Debug)]
            pub enum Fault {
                $(#[doc = $sentence] $name,)*
            }

            /// Every fault: its name, and what is wrong with a core that has it.
            pub const FAULTS: &[(&str, &str)] = &[$((stringify!($name), $sentence),)*];
        };
    }

    faults! {
        // Priority and prices.
        NewestFirst: "an order joins its level before all others",
        IcebergKeepsItsPlace: "an iceberg stays first when its slice is refreshed",
        MoreKeepsItsPlace: "an amendment to a larger quantity keeps its priority",
        LessLosesItsPlace: "an amendment to a smaller quantity loses its priority",
        CrossesBeyondTheLimitOnly: "orders at one price do not trade",
        TradeAtTheTakersPrice: "a sale is settled at the incoming limit",
        RepricedToTouch: "a buy that is re-priced stands at the best ask",
        PostOnlyTakes: "a post-only order trades",
        WalkMissesReloads: "a walk counts of an iceberg what it shows",
        FillOrKillFillsInPart: "a fill-or-kill order trades what there is",

        // Fees and holds.
        FeeRoundedDown: "a fee is rounded down",
        RebateRoundedUp: "a rebate is rounded up in size",
        ShareRoundedUp: "the creator's share is rounded up",
        EveryFillRoundedAlone: "the fee of a fill does not go on from the fills before",
        RebateWithoutFloor: "a rebate may be more than the taker's fee",
        RebateOfABuyLost: "a resting buy's rebate reaches nobody",
        SellerPaysNoFee: "a seller gets the whole notional",
        CreatorsPartPaidTwice: "the platform gets the creator's share too",
        HoldOneUnitShort: "a limit buy does not hold the unit for rounding",
        HoldOfTheMakersRate: "a limit buy holds the maker's fee alone",
        MarketBuyHoldsNoFee: "a market buy by quantity holds its notional alone",
        TakersRateHeldAtRest: "a resting buy goes on holding what it would need as a taker",
        OneUnitOnCredit: "an order is taken in for which one unit is missing",
        NothingUnlockedAtTheEnd: "what a closed order still held stays locked",
        LessKeepsItsHold: "an amendment to less unlocks nothing",

        // Self-trades.
        PreventionByAccount: "accounts of one owner trade with each other",
        AccountTradesWithItself: "without prevention an account trades with itself",
        CancelBothSparesTheMaker: "cancel-both leaves the resting order",
        DecrementOfTheMakerOnly: "a decrement takes nothing off the incoming order",
        DecrementUnlocksNothing: "a decremented resting order holds what it held",

        // Tiers, promotions, held transfers, cancel timers.
        TierIgnored: "an account of a fee tier pays what everybody pays",
        PromotionAMicrosecondLonger: "a promotion ends a microsecond late",
        PromotionForTakersAlone: "a promotion does not lower the maker's rate",
        VoidReleasesNothing: "a held transfer that is voided stays locked",
        SettledStaysLocked: "a held transfer that is settled stays locked where it came from",
        NewestHeldIsTaken: "settling and voiding take the transfer that was made last",
        ConditionIgnored: "a leg moves whether its condition holds or not",
        CreditOneUnitAboveItsBound: "a leg's credit may come to one unit more than its condition says",
        TimerFiresAMicrosecondLate: "a cancel timer fires a microsecond late",
        TimerCannotBeStopped: "a cancel timer that is stopped fires",

        // Triggers and linked orders.
        TriggersTwice: "an order that has fired is carried out twice",
        FollowsBeforeTheFirstTrade: "a trailing stop follows from price zero before the first trade",
        StopMetBeyondOnly: "a trade at the stop price fires nothing",
        CascadeByAgeAlone: "of orders that one trade fires the oldest comes first, however far its stop",
        BracketKeepsTheSurplus: "what a bracket bought beyond what an exit may have stays locked",
        DueExitsActivated: "exits whose time has come while they stood in the queue take effect",
        CascadeForgetsMeetings: "only the last fired order's meetings count against a command's bound",
        PageRepeatsAnOrder: "a page of open orders begins with the last of the page before it",
        OneTriggerTooMany: "one order more than may is triggered by one command",
        TrailingStopStays: "a trailing stop does not follow",
        TrailRoundedTowardsThePrice: "a trailing stop in parts per million is rounded up to the price",
        AmendedPastThePrice: "a stop is amended to where it would fire at once",
        LinkedOrderStays: "the other order of a pair stays when one trades",
        PairHoldsTwice: "the stop of a pair holds as if it stood alone",
        EntryKeepsItsBase: "what a bracket's entry bought stays locked when its exits go",

        // Market states, limits, bands, interruptions and auctions.
        AuctionIgnoresTheReference: "of auction prices that are as good the lowest is taken",
        AuctionTakesTheLargerSurplus: "an auction takes the price that leaves more on one side",
        AuctionPressureTheOtherWay: "an auction with buys left over takes the lowest price",
        PricesWithoutBound: "an auction fixes as many prices in one command as it likes",
        AuctionCountsTheDue: "an auction's price counts orders whose time has come",
        IndicationBlindToTime: "what an auction would trade is told as before when orders become due by time alone",
        DeepAuctionAlwaysTold: "an auction in which many levels cross is looked at with every command",
        AuctionEndsAMicrosecondLate: "an auction ends a microsecond late",
        IndicationNotTold: "what an auction would trade is not told",
        BuyIsAlwaysTheMaker: "in an auction the buy counts as the older order",
        AuctionPaysRebates: "an auction pays rebates",
        AuctionUnlocksNothing: "what an auction takes off an order that stays open remains locked",
        BandOneTickWider: "the band of buys is a tick wider",
        OffTickTaken: "an order is taken in at a price between two steps",
        OffLotTaken: "an order is taken in of lots between two steps",
        NoMostNotional: "an order is taken in above the largest notional",
        InterruptsAtTheBound: "a market is interrupted when its price has moved by just what is allowed",
        InterruptionWindowNeverEnds: "a price is measured by the first of all windows",
        DelistedWithOrders: "a market with open orders is delisted",

        // Time, and what is remembered.
        ExpiryForgotten: "a resting order never expires",
        ExpiresAMicrosecondLate: "an order expires a microsecond after its time",
        ExpiryNowTakenIn: "an order is taken in whose time has come",
        DueOrderTrades: "an order trades whose time has come",
        DayEndsADayLate: "an order of the day lives a day longer",
        IdsNeverForgotten: "a client order id is remembered for ever",
        IdsRememberedAMicrosecondLonger: "a client order id is remembered a microsecond longer",
        ClosedIdStaysOpen: "a closed order's client order id counts as open",
        OtherContentRepeats: "another order under a known client order id counts as a repeat",
        TimeFalls: "a command may be older than the one before",

        // What may be done, and by whom.
        FrozenAccountTrades: "a frozen account places orders",
        HaltedMarketTrades: "a halted market takes orders",
        OneOpenOrderTooMany: "an account has one open order more than its market allows",
        OthersOrdersFound: "an account cancels an order of another",
        BothSidesCancelled: "cancel-all does not look at the side",
        AmendedToNothing: "an order is amended to what it has filled",
        ReplacementNeedsTheCancel: "a replacement that may fail in part stops at the cancel",
        RefusedReplacementCancels: "a replacement of both or none cancels though it cannot place",
        RepeatedReplacementCancels: "a replacement that comes again cancels again",
        EarlierLegsKept: "a transfer that fails keeps its first legs",
        CreditOneUnitShort: "a transfer credits one unit less than it debits",

        // Risk.
        RiskTierIgnored: "an account of a tier is held to the limits of those that have none",
        OneUnitAboveTheRate: "an account may ask for one unit a minute more than its limit",
        OwnersMinutesApart: "each account of an owner may ask for as much a minute as all of them",
        OwnersOrdersApart: "each account of an owner may have as many open orders as all of them",
        MinuteAStretchShorter: "what an account asked for is free again ten seconds too early",
        AmendedMoreIsFree: "an order that is amended to more is not counted",
        ClearingCountsAsCancels: "orders that an operator clears away count as the account's cancels",
        FillsExcuseNothing: "many cancels are told of though the account trades as much",
        ToldEachTime: "a pattern is told of with every order",
        CountsOutliveLimits: "what was counted stays when nothing is limited any more",

        // Bounds of one command.
        OneMeetingTooMany: "an incoming order meets one order more than it may",
        OneCancelTooMany: "cancel-all cancels one order more than it may",
        OneExpiryTooMany: "one order more than may expires before a command",

        // What is told, ordered and kept.
        DepthOfLeavingForgotten: "the depth is not told when an order leaves",
        LoweredOrderStaysInTheTotal: "an order amended down stays in its level's total",
        LastNoteCounts: "a level that changed and changed back is not seen as it was",
        ChangeOfLockedNotTold: "a balance of which only the locked part changed is not told",
        ChainNotFolded: "the chain does not go on from the group before",
        EpochSkipped: "an epoch need not be the next",
        OutboxGapTaken: "an outbox entry is taken though one before it is missing",
        OutboxTakenTwice: "an outbox entry that comes again is carried out again",
        RestoredInBookOrder: "a snapshot's orders are listed as their book has them",
        RestoredWithoutExpiry: "a snapshot's orders never expire",
        RestoredWithoutCounts: "a snapshot forgets what accounts asked for lately",
        RestoredWithoutTakersPart: "a snapshot's orders forget what they traded as takers",
    }

    /// The place of the chosen fault in the list, from 1 on; 0 for none.
    static CHOSEN: AtomicUsize = AtomicUsize::new(0);

    /// Whether a fault is the chosen one.
    #[inline]
    #[must_use]
    pub fn is_chosen(fault: Fault) -> bool {
        CHOSEN.load(Ordering::Relaxed) == fault as usize + 1
    }

    /// Chooses the fault of all cores of this process, or none by an empty name; says whether there
    /// is one of that name.
    #[must_use]
    pub fn choose(name: &str) -> bool {
        let place = FAULTS.iter().position(|(known, _)| *known == name);
        CHOSEN.store(place.map_or(0, |place| place + 1), Ordering::Relaxed);
        name.is_empty() || place.is_some()
    }
}
