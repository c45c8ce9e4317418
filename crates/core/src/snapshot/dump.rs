//! The canonical dump, and the state hash that is taken over it.

use alloc::string::String;
use core::fmt::{self, Write};

use blake2::{Blake2b256, Digest};
use cse_wire::{
    AccountState, AssetState, BalanceState, CancelTimerState, ClientOrderState, CoreState,
    FeeTierState, HeldTransferState, MarketState, OrderLinkState, OrderState, OutboxState,
    RiskCountsState, RiskLimitsState, Symbol, TransferLeg, TriggerPhase, TriggerState,
};

use super::entries::StateVisitor;
use crate::exchange::Exchange;

impl Exchange {
    /// The state as text: one line an entry, ended by a line feed.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut lines = Lines { out: String::new() };
        self.visit_state(&mut lines);
        lines.out
    }

    /// BLAKE2b-256 of the dump.
    #[must_use]
    pub fn state_hash(&self) -> [u8; 32] {
        let mut lines = Lines {
            out: Hashed(Blake2b256::new()),
        };
        self.visit_state(&mut lines);
        lines.out.0.finalize().into()
    }
}

/// Text that is hashed rather than kept.
struct Hashed(Blake2b256);

impl Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

/// Writes a line per entry. Neither of its outputs ever fails.
struct Lines<W: Write> {
    out: W,
}

impl<W: Write> Lines<W> {
    fn line(&mut self, line: fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(line);
        let _ = self.out.write_char('\n');
    }
}

/// The text of a symbol, or a dash.
struct Text<'a, const N: usize>(&'a Symbol<N>);

impl<const N: usize> fmt::Display for Text<'_, N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match core::str::from_utf8(self.0.bytes()) {
            Ok("") | Err(_) => formatter.write_str("-"),
            Ok(text) => formatter.write_str(text),
        }
    }
}

impl<W: Write> StateVisitor for Lines<W> {
    fn core(&mut self, core: &CoreState) {
        let CoreState {
            sequence,
            time_us,
            chain,
            epoch,
            rules_version,
            ..
        } = *core;
        let CoreState {
            last_order_id,
            last_transfer_id,
            ..
        } = *core;
        self.line(format_args!(
            "state {sequence} {time_us} {chain:016x} {epoch} {rules_version} {last_order_id} \
             {last_transfer_id}"
        ));
    }

    fn asset(&mut self, asset: &AssetState) {
        let AssetState {
            asset,
            symbol,
            decimals,
            ..
        } = asset;
        self.line(format_args!("asset {asset} {} {decimals}", Text(symbol)));
    }

    fn account(&mut self, account: &AccountState) {
        let AccountState {
            account,
            kind,
            owner,
            frozen,
            closed_client_orders,
            tier,
            ..
        } = account;
        let owner = u128::from_be_bytes(*owner);
        self.line(format_args!(
            "account {account} {kind} {owner:032x} {frozen} {closed_client_orders} {tier}"
        ));
    }

    fn balance(&mut self, balance: &BalanceState) {
        let BalanceState {
            account,
            asset,
            available,
            locked,
        } = balance;
        self.line(format_args!(
            "balance {account} {asset} {available} {locked}"
        ));
    }

    fn market(&mut self, market: &MarketState, tick_lot_units: u64) {
        let m = market;
        self.line(format_args!(
            "market {} {} {} {} {} {} {tick_lot_units} {} {} {} {} {} {} {} {} {} {} {} {} {} \
             {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}",
            m.market,
            m.base,
            m.quote,
            m.tick_size,
            m.tick_decimals,
            m.lot_size,
            m.min_notional,
            m.max_quantity,
            m.maker_fee_ppm,
            m.taker_fee_ppm,
            m.creator_share_ppm,
            m.creator_account,
            m.fee_account,
            m.max_open_orders,
            m.status,
            m.last_trade_id,
            m.book_sequence,
            m.last_price,
            m.self_trade_allowed,
            m.promotion_maker_fee_ppm,
            m.promotion_taker_fee_ppm,
            m.promotion_ends_at_us,
            m.auction_ends_at_us,
            m.uncross_price,
            m.price_band_ppm,
            m.interruption_ppm,
            m.interruption_window_s,
            m.interruption_auction_s,
            m.reference_price,
            m.interruption_reference,
            m.interruption_reference_at_us,
            m.max_notional,
            m.min_quantity,
            m.indicated_price,
            m.indicated_volume,
            m.indicated_surplus,
            m.indicated_side,
            m.price_increment,
            m.quantity_increment,
        ));
    }

    fn fee_tier(&mut self, fee_tier: &FeeTierState) {
        let FeeTierState {
            market,
            tier,
            maker_fee_ppm,
            taker_fee_ppm,
            ..
        } = fee_tier;
        self.line(format_args!(
            "tier {market} {tier} {maker_fee_ppm} {taker_fee_ppm}"
        ));
    }

    fn risk_limits(&mut self, limits: &RiskLimitsState) {
        let l = limits;
        self.line(format_args!(
            "risk {} {} {} {} {} {} {} {} {} {} {} {}",
            l.market,
            l.tier,
            l.max_quantity,
            l.max_notional,
            l.max_notional_per_minute,
            l.flag_notional_per_minute,
            l.max_open_orders,
            l.flag_cancels,
            l.flag_cancels_per_fill,
            l.flag_far_orders,
            l.flag_far_ppm,
            l.flag_self_trades,
        ));
    }

    fn order(&mut self, order: &OrderState) {
        let o = order;
        self.line(format_args!(
            "order {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}",
            o.order_id,
            o.account,
            o.market,
            o.side,
            o.time_in_force,
            o.self_trade_prevention,
            o.flags,
            o.price,
            o.quantity,
            o.filled_quantity,
            o.maker_notional,
            o.taker_notional,
            o.fee,
            o.held,
            o.maker_fee_ppm,
            o.taker_fee_ppm,
            o.accepted_sequence,
            o.accepted_at_us,
            o.expires_at_us,
            o.display_quantity,
            o.displayed_quantity,
            Text(&o.client_order_id),
        ));
    }

    fn trigger(&mut self, trigger: &TriggerState) {
        let t = trigger;
        let phase = match TriggerPhase::from_number(t.phase) {
            Some(TriggerPhase::Waiting) => "waiting",
            Some(TriggerPhase::Fired) => "fired",
            Some(TriggerPhase::Attached) | None => "attached",
        };
        self.line(format_args!(
            "trigger {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {phase} {} {}",
            t.order_id,
            t.account,
            t.market,
            t.side,
            t.order_type,
            t.time_in_force,
            t.self_trade_prevention,
            t.flags,
            t.price,
            t.quantity,
            t.quote_amount,
            t.stop_price,
            t.trailing_delta,
            t.display_quantity,
            t.held,
            t.maker_fee_ppm,
            t.taker_fee_ppm,
            t.accepted_sequence,
            t.accepted_at_us,
            t.expires_at_us,
            t.queue_number,
            Text(&t.client_order_id),
        ));
    }

    fn link(&mut self, link: &OrderLinkState) {
        let OrderLinkState {
            kind,
            account,
            market,
            first,
            second,
            third,
            ..
        } = link;
        self.line(format_args!(
            "link {kind} {account} {market} {first} {second} {third}"
        ));
    }

    fn client_order(&mut self, client_order: &ClientOrderState) {
        let ClientOrderState {
            account,
            order_id,
            original_sequence,
            digest,
            ..
        } = client_order;
        let ClientOrderState {
            closed_at_us,
            closed_number,
            client_order_id,
            ..
        } = client_order;
        let id = Text(client_order_id);
        self.line(format_args!(
            "client {account} {id} {order_id} {original_sequence} {digest:016x} {closed_at_us} \
             {closed_number}"
        ));
    }

    fn cancel_timer(&mut self, timer: &CancelTimerState) {
        let CancelTimerState {
            account,
            fires_at_us,
            ..
        } = timer;
        self.line(format_args!("timer {account} {fires_at_us}"));
    }

    fn risk_counts(&mut self, counts: &RiskCountsState) {
        let c = counts;
        self.line(format_args!(
            "counts {} {} {} {} {} {} {} {} {}",
            c.market,
            c.account,
            c.stretch,
            c.notional,
            c.cancels,
            c.fills,
            c.far_orders,
            c.prevented,
            c.told,
        ));
    }

    fn held_transfer(&mut self, transfer: &HeldTransferState, legs: &[TransferLeg]) {
        let reference = u128::from_be_bytes(transfer.reference);
        self.line(format_args!(
            "held {} {reference:032x} {}",
            transfer.transfer, transfer.leg_count
        ));
        for l in legs {
            self.line(format_args!(
                "leg {} {} {} {} {} {} {}",
                l.debit, l.credit, l.asset, l.reason, l.condition, l.amount, l.condition_amount
            ));
        }
    }

    fn outbox(&mut self, outbox: &OutboxState) {
        let OutboxState { source, number, .. } = outbox;
        self.line(format_args!("outbox {source} {number}"));
    }
}
