//! Whether an account may take an order on. Every order that is placed, amended or put in the place
//! of another is asked about here, once all else is checked.

use cse_wire::codes;

use crate::exchange::Exchange;

impl Exchange {
    /// Decides about an order for which an account that exists is to hold `extra` more of an asset
    /// than it does (less, if below zero).
    ///
    /// # Errors
    /// The code with which the order is refused: `insufficient_funds`.
    #[inline(always)]
    pub(crate) fn assess_risk(&self, account: u32, asset: u32, extra: i128) -> Result<(), u16> {
        let needed = fault!(OneUnitOnCredit, extra - 1, extra);
        if self.balances.available(account, asset) < needed {
            return Err(codes::INSUFFICIENT_FUNDS);
        }
        Ok(())
    }
}
