//! Orders held against risk limits: when they are placed, and when they are amended.

use cse_wire::{NOTIONAL_LIMIT, OrderType, PlaceOrder, RiskLimitsState, Side, codes};

use super::counts::stretch_of;
use crate::exchange::{Exchange, Moment};
use crate::markets::Market;
use crate::orders::{Admitted, Beside};
use crate::triggers::is_limit_type;

/// What an amendment changes of what an order asks for: price and quantity.
pub(crate) struct AmendedTerms {
    pub(crate) order_type: OrderType,
    pub(crate) quote_amount: u128,
    pub(crate) before: (u64, u64),
    pub(crate) after: (u64, u64),
}

impl Market {
    /// What an order asks for, in quote units: of a sell not less than at the reference, for its limit
    /// is only the least that it takes.
    fn measure(
        &self,
        is_sell: bool,
        order_type: OrderType,
        quote_amount: u128,
        (price, quantity): (u64, u64),
    ) -> u128 {
        if quote_amount != 0 {
            return quote_amount;
        }
        let reference = self.reference_price();
        let price = match (is_limit_type(order_type), is_sell) {
            (false, _) => reference.unwrap_or(price),
            (true, true) => reference.map_or(price, |reference| price.max(reference)),
            (true, false) => price,
        };
        self.notional(price, quantity)
    }
}

impl Exchange {
    /// The last check of an order that is placed.
    #[cold]
    #[inline(never)]
    pub(crate) fn check_risk(
        &self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        beside: Beside,
    ) -> Result<(), u16> {
        let PlaceOrder {
            account, market, ..
        } = *command;
        let Some(limits) = self.risk_limits_for(account, market) else {
            return Ok(());
        };
        let measure = self.measure_of(command, admitted);
        if !admitted.is_exit {
            check_size(limits, command.quantity, measure)?;
        }
        if admitted.stays() && limits.max_open_orders != 0 {
            let open = self.open_of_owner(account, market);
            self.check_open_count(command, beside, open, limits.max_open_orders)?;
        }
        self.check_rate(at, (account, market), limits, measure)
    }

    /// Counts an order that is taken in, and of one that is linked with another that was counted only
    /// what it asks for beyond that.
    pub(crate) fn count_order(
        &mut self,
        at: Moment,
        command: &PlaceOrder,
        admitted: &Admitted,
        counted: u128,
    ) {
        let measure = self.measure_of(command, admitted);
        let more = measure.saturating_sub(counted);
        self.count_notional(at, command.account, command.market, more);
    }

    /// What an order that has passed its checks asks for; 0 of an exit, whose quantity is not known.
    pub(crate) fn measure_of(&self, command: &PlaceOrder, admitted: &Admitted) -> u128 {
        if admitted.is_exit {
            return 0;
        }
        let terms = (admitted.price, command.quantity);
        self.markets.at(command.market).measure(
            command.side == Side::Sell as u8,
            admitted.terms.order_type,
            command.quote_amount,
            terms,
        )
    }

    /// The last check of an amendment, which is counted if it passes. One that asks for no more does.
    #[cold]
    pub(crate) fn take_amended(
        &mut self,
        at: Moment,
        slot: u32,
        terms: &AmendedTerms,
    ) -> Result<(), u16> {
        let (account, market) = (self.orders[slot].account, self.orders[slot].market);
        let is_sell = self.orders[slot].side == Side::Sell;
        let entry = self.markets.at(market);
        let AmendedTerms {
            order_type,
            quote_amount,
            before,
            after,
        } = *terms;
        let measure = |terms| entry.measure(is_sell, order_type, quote_amount, terms);
        let (measure, measure_before) = (measure(after), measure(before));
        let rise = measure.saturating_sub(measure_before);
        if let Some(limits) = self.risk_limits_for(account, market) {
            let quantity = if after.1 > before.1 { after.1 } else { 0 };
            check_size(limits, quantity, if rise > 0 { measure } else { 0 })?;
            if rise > 0 {
                self.check_rate(at, (account, market), limits, rise)?;
            }
        }
        fault!(AmendedMoreIsFree, return Ok(()));
        self.count_notional(at, account, market, rise);
        Ok(())
    }

    /// The limits that hold for an account that is there.
    pub(super) fn risk_limits_for(&self, account: u32, market: u32) -> Option<&RiskLimitsState> {
        let tier = self.accounts.get(account)?.tier;
        self.risk.limits(market, tier)
    }

    fn check_rate(
        &self,
        at: Moment,
        (account, market): (u32, u32),
        limits: &RiskLimitsState,
        measure: u128,
    ) -> Result<(), u16> {
        let most = limits.max_notional_per_minute;
        if most == 0 {
            return Ok(());
        }
        let counted = self.notional_of_owner(at, account, market);
        // Each is below 2^126.
        if counted + measure > fault!(OneUnitAboveTheRate, most + 1, most) {
            return Err(codes::NOTIONAL_RATE_REACHED);
        }
        Ok(())
    }

    /// How many open orders all accounts of an account's owner have in a market.
    fn open_of_owner(&self, account: u32, market: u32) -> u32 {
        let own = fault!(
            OwnersOrdersApart,
            &[account][..],
            self.accounts.with_same_owner(account)
        );
        own.iter()
            .map(|&one| self.open_orders.count(one, market))
            .sum()
    }

    /// What they have asked for there in the minute.
    fn notional_of_owner(&self, at: Moment, account: u32, market: u32) -> u128 {
        let now = stretch_of(at.time_us);
        let own = fault!(
            OwnersMinutesApart,
            &[account][..],
            self.accounts.with_same_owner(account)
        );
        own.iter()
            .map(|&one| self.risk.sum(market, one, now).notional)
            .fold(0, |sum, more| (sum + more).min(NOTIONAL_LIMIT - 1))
    }

    fn count_notional(&mut self, at: Moment, account: u32, market: u32, notional: u128) {
        if self.risk.watches(market) {
            let now = stretch_of(at.time_us);
            let minute = self.risk.counts_at(market, account, now);
            minute.of_stretch(now).add_notional(notional);
        }
    }
}

fn check_size(limits: &RiskLimitsState, quantity: u64, measure: u128) -> Result<(), u16> {
    let RiskLimitsState {
        max_quantity,
        max_notional,
        ..
    } = *limits;
    if max_quantity != 0 && quantity > max_quantity {
        return Err(codes::ABOVE_ACCOUNT_QUANTITY);
    }
    if max_notional != 0 && measure > max_notional {
        return Err(codes::ABOVE_ACCOUNT_NOTIONAL);
    }
    Ok(())
}
