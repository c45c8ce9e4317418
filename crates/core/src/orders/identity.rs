//! Whose order it is, where, and whether it came before.

use alloc::vec::Vec;

use cse_wire::{ClientOrderState, Header, Message, OrderRepeated, PlaceOrder, codes};

use super::client_orders::is_client_order_id;
use crate::digest::digest;
use crate::exchange::{Exchange, Moment};

/// The bytes of a `PlaceOrder` that say what is ordered: from `account` up to `client_order_id`.
/// Nothing of a short one, which has no such id.
#[inline(always)]
pub(crate) fn content_of(bytes: &[u8]) -> &[u8] {
    const CONTENT: core::ops::Range<usize> = Header::WIDTH..PlaceOrder::WIDTH - 40;
    bytes.get(CONTENT).unwrap_or_default()
}

/// Whether an order came before.
pub(crate) enum Identity {
    /// No: the digest of its content, where it has a client order id.
    New { content: u64 },
    /// Yes, and that is answered.
    Repeated,
}

impl Exchange {
    /// The first checks: whose order, where, and whether it came before with the same content, which
    /// is then answered.
    #[inline(always)]
    pub(crate) fn identify(
        &self,
        at: Moment,
        command: &PlaceOrder,
        content: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Identity, u16> {
        if self.accounts.get(command.account).is_none() {
            return Err(codes::ACCOUNT_UNKNOWN);
        }
        if self.markets.get(command.market).is_none() {
            return Err(codes::MARKET_UNKNOWN);
        }
        if command.client_order_id.is_blank() {
            return Ok(Identity::New { content: 0 });
        }
        if !is_client_order_id(command.client_order_id) {
            return Err(codes::INVALID_CLIENT_ORDER_ID);
        }
        let content = digest(content);
        if self.answer_repeat(at, &{ *command }, content, out)? {
            return Ok(Identity::Repeated);
        }
        Ok(Identity::New { content })
    }

    /// Answers an order whose client order id is remembered; says whether it was.
    #[inline(never)]
    fn answer_repeat(
        &self,
        at: Moment,
        command: &PlaceOrder,
        content: u64,
        out: &mut Vec<u8>,
    ) -> Result<bool, u16> {
        let PlaceOrder {
            account,
            market,
            client_order_id,
            ..
        } = *command;
        let Some(known) = self
            .client_orders
            .find(account, client_order_id, at.time_us)
        else {
            return Ok(false);
        };
        if fault!(OtherContentRepeats, false, known.digest != content) {
            return Err(codes::CLIENT_ORDER_ID_CONFLICT);
        }
        let &ClientOrderState {
            order_id,
            original_sequence,
            ..
        } = known;
        OrderRepeated {
            order_id,
            original_sequence,
            account,
            market,
        }
        .append(out);
        Ok(true)
    }
}
