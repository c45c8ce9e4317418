//! Whether an account can pay for an order. Every order that is placed, amended or put in the place of
//! another is asked about here; limits of risk beyond its money are those of `risk`.

use cse_wire::codes;

use crate::exchange::Exchange;

impl Exchange {
    /// Checks an order for which an account that exists is to hold `extra` more of an asset than it
    /// does (less, if below zero).
    ///
    /// # Errors
    /// `insufficient_funds`.
    #[inline(always)]
    pub(crate) fn check_funds(&self, account: u32, asset: u32, extra: i128) -> Result<(), u16> {
        let needed = fault!(OneUnitOnCredit, extra - 1, extra);
        if self.balances.available(account, asset) < needed {
            return Err(codes::INSUFFICIENT_FUNDS);
        }
        Ok(())
    }
}
