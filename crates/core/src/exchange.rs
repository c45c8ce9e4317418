//! The exchange as a whole: one command in, one group of events out.

use alloc::vec::Vec;

use cse_wire::{
    AmendOrder, CancelAllOrders, CancelMarketOrders, CancelOrder, CreateAsset, CreateMarket,
    FreezeAccount, FromOutbox, Group, HoldTransfer, Message, OpenAccount, PlaceOrder,
    PlaceOrderList, ReplaceOrder, SetAccountTier, SetCancelTimer, SetMarketBand, SetMarketFees,
    SetMarketLimits, SetMarketPromotion, SetMarketSelfTrade, SetMarketStatus, SetRiskLimits,
    SettleTransfer, StartEpoch, Tick, Transfer, UnfreezeAccount, Upgrade, VoidTransfer,
    chain_group,
};

use crate::accounts::Accounts;
use crate::auctions::Auctions;
use crate::lists::Links;
use crate::markets::{DepthLog, Markets};
use crate::money::{Assets, Balances, HeldTransfers};
use crate::orders::{CancelTimers, ClientOrders, Expiries, OpenOrders, Orders};
use crate::outbox::Outbox;
use crate::refusal::Refusal;
use crate::risk::Risk;
use crate::triggers::{Cascade, Triggers};

/// The state of the exchange. Two that have carried out the same commands are the same.
#[derive(Default)]
pub struct Exchange {
    pub(crate) moment: Moment,
    pub(crate) chain: u64,
    pub(crate) epoch: u64,
    pub(crate) rules_version: u32,
    pub(crate) last_order_id: u64,
    pub(crate) last_transfer_id: u64,
    pub(crate) assets: Assets,
    pub(crate) accounts: Accounts,
    pub(crate) balances: Balances,
    pub(crate) markets: Markets,
    pub(crate) orders: Orders,
    pub(crate) open_orders: OpenOrders,
    pub(crate) expiries: Expiries,
    pub(crate) auctions: Auctions,
    pub(crate) cancel_timers: CancelTimers,
    pub(crate) held_transfers: HeldTransfers,
    pub(crate) client_orders: ClientOrders,
    pub(crate) outbox: Outbox,
    pub(crate) depth_log: DepthLog,
    pub(crate) triggers: Triggers,
    pub(crate) links: Links,
    pub(crate) cascade: Cascade,
    pub(crate) risk: Risk,
    /// Orders that the last one to be matched has met.
    pub(crate) meetings: usize,
}

/// A command came out of its turn: its sequence is not the next, or its time is before the last.
/// Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfOrder {
    /// The sequence that comes next.
    pub expected_sequence: u64,
    /// The time of the last command; the next one's is not before it.
    pub last_time_us: i64,
}

/// When a command is carried out.
#[derive(Clone, Copy, Default)]
pub(crate) struct Moment {
    pub(crate) sequence: u64,
    pub(crate) time_us: i64,
}

impl Moment {
    /// What does not follow on this, the last one.
    #[cold]
    fn out_of_order(self) -> OutOfOrder {
        OutOfOrder {
            expected_sequence: self.sequence.saturating_add(1),
            last_time_us: self.time_us,
        }
    }
}

impl Exchange {
    /// An exchange in which nothing has happened yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Carries out one command and appends its `Group` message to `out`.
    ///
    /// # Errors
    /// [`OutOfOrder`] unless `sequence` is the last one plus 1 and `time_us` is not before the last.
    // Part of the loop that calls it, and the two common commands functions of their own: so each has
    // registers for most of what it needs.
    #[inline(always)]
    pub fn apply(
        &mut self,
        sequence: u64,
        time_us: i64,
        command: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), OutOfOrder> {
        let last = self.moment;
        let least_us = fault!(TimeFalls, i64::MIN, last.time_us);
        if last.sequence.checked_add(1) != Some(sequence) || time_us < least_us {
            return Err(last.out_of_order());
        }
        let start = out.len();
        out.extend_from_slice(&[0; Group::WIDTH]);
        let events = out.len();

        self.balances.begin();
        self.depth_log.begin();
        let at = Moment { sequence, time_us };
        self.cascade = Cascade::default();
        self.auctions.begin();
        if self.is_something_due(at.time_us) {
            self.before_command(at, out);
        }
        self.carry_out(at, command, out);
        self.cascade(at, out);
        self.depth_log.report(&mut self.markets, out);
        self.indicate(at, out);
        self.balances.report(out);
        if self.risk.is_on() {
            self.watch(at, events, out);
        }

        let before = fault!(ChainNotFolded, 0, self.chain);
        self.chain = chain_group(before, sequence, time_us, &out[events..]);
        let group = Group {
            sequence,
            time_us,
            chain: self.chain,
        };
        let length = out.len() - start;
        group.put(length, &mut out[start..start + Group::WIDTH]);
        self.moment = at;
        Ok(())
    }

    /// The last command's sequence; 0 before the first.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.moment.sequence
    }

    /// The last command's time, microseconds UTC.
    #[must_use]
    pub fn time_us(&self) -> i64 {
        self.moment.time_us
    }

    /// The chain of groups after the last command.
    #[must_use]
    pub fn chain(&self) -> u64 {
        self.chain
    }

    /// The epoch; 0 before the first.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Carries out a command, or tells that it was refused.
    #[inline(always)]
    pub(crate) fn carry_out(&mut self, at: Moment, bytes: &[u8], out: &mut Vec<u8>) {
        let kind = kind_of(bytes);
        // Most commands are one of two, which take no way round.
        let done = match kind {
            PlaceOrder::KIND => self.place(at, bytes, out),
            CancelOrder::KIND => self.cancel_order(at, bytes, out),
            _ => self.dispatch(at, kind, bytes, out),
        };
        if let Err(refusal) = done {
            refusal.tell(kind, out);
        }
    }

    #[inline(never)]
    fn dispatch(
        &mut self,
        at: Moment,
        kind: u16,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        match kind {
            AmendOrder::KIND => self.amend_order(at, &whole(bytes)?.0, out)?,
            ReplaceOrder::KIND => {
                let (command, order) = whole(bytes)?;
                self.replace_order(at, &command, order, out)?;
            }
            PlaceOrderList::KIND => {
                let (command, orders) = whole(bytes)?;
                self.place_order_list(at, &command, orders, out)?;
            }
            CancelAllOrders::KIND => self.cancel_all_orders(at, &whole(bytes)?.0, out)?,
            SetCancelTimer::KIND => self.set_cancel_timer(at, &whole(bytes)?.0, out)?,
            Transfer::KIND => {
                let (command, legs) = whole(bytes)?;
                self.transfer(&command, legs, out)?;
            }
            HoldTransfer::KIND => {
                let (command, legs) = whole(bytes)?;
                self.hold_transfer(&command, legs, out)?;
            }
            SettleTransfer::KIND => self.settle_transfer(&whole(bytes)?.0, out)?,
            VoidTransfer::KIND => self.void_transfer(&whole(bytes)?.0, out)?,
            FromOutbox::KIND => {
                let (command, inner) = whole(bytes)?;
                self.take_from_outbox(at, &command, inner, out)?;
            }
            Tick::KIND => {
                whole::<Tick>(bytes)?;
            }
            OpenAccount::KIND => self.open_account(&whole(bytes)?.0, out)?,
            FreezeAccount::KIND => self.freeze_account(&whole(bytes)?.0, out)?,
            UnfreezeAccount::KIND => self.unfreeze_account(&whole(bytes)?.0, out)?,
            CreateAsset::KIND => self.create_asset(&whole(bytes)?.0, out)?,
            CreateMarket::KIND => self.create_market(&whole(bytes)?.0, out)?,
            SetMarketStatus::KIND => self.set_market_status(at, &whole(bytes)?.0, out)?,
            SetMarketLimits::KIND => self.set_market_limits(&whole(bytes)?.0, out)?,
            SetMarketBand::KIND => self.set_market_band(&whole(bytes)?.0, out)?,
            CancelMarketOrders::KIND => self.cancel_market_orders(at, &whole(bytes)?.0, out)?,
            SetMarketFees::KIND => self.set_market_fees(&whole(bytes)?.0, out)?,
            SetAccountTier::KIND => self.set_account_tier(&whole(bytes)?.0, out)?,
            SetMarketPromotion::KIND => self.set_market_promotion(at, &whole(bytes)?.0, out)?,
            SetRiskLimits::KIND => self.set_risk_limits(&whole(bytes)?.0, out)?,
            SetMarketSelfTrade::KIND => self.set_market_self_trade(&whole(bytes)?.0, out)?,
            StartEpoch::KIND => self.start_epoch(at, &whole(bytes)?.0, out)?,
            Upgrade::KIND => self.upgrade(&whole(bytes)?.0, out)?,
            _ => return Err(Refusal::MALFORMED),
        }
        Ok(())
    }
}

/// The kind in a command's header; 0 where there is no header.
pub(crate) fn kind_of(bytes: &[u8]) -> u16 {
    match bytes {
        [low, high, _, _, _, _, _, _, ..] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    }
}

/// The command and its tail, when it is all of the bytes.
#[inline(always)]
pub(crate) fn whole<C: Message>(bytes: &[u8]) -> Result<(C, &[u8]), Refusal> {
    if C::is_all_of(bytes) {
        let width = bytes.len().min(C::WIDTH);
        Ok((C::get_fields(&bytes[..width]), &bytes[width..]))
    } else {
        Err(Refusal::MALFORMED)
    }
}
