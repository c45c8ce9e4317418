//! Why commands and orders are refused, and how that is told.

use alloc::vec::Vec;

use cse_wire::{CommandRejected, Message, OrderRejected, PlaceOrder, Symbol, codes};

use crate::orders::is_client_order_id;

/// Why a command was refused, and what about.
#[derive(Clone, Copy)]
pub(crate) struct Refusal {
    pub(crate) code: u16,
    account: u32,
    reference: u64,
}

impl Refusal {
    pub(crate) const fn new(code: u16) -> Self {
        Self {
            code,
            account: 0,
            reference: 0,
        }
    }

    pub(crate) const fn of_account(self, account: u32) -> Self {
        Self { account, ..self }
    }

    pub(crate) const fn about(self, reference: u64) -> Self {
        Self { reference, ..self }
    }

    /// Says that a command of this kind is refused.
    #[cold]
    #[inline(never)]
    pub(crate) fn tell(self, command: u16, out: &mut Vec<u8>) {
        let Self {
            code,
            account,
            reference,
        } = self;
        CommandRejected {
            command,
            code,
            account,
            reference,
        }
        .append(out);
    }

    pub(crate) const MALFORMED: Self = Self::new(codes::MALFORMED_COMMAND);
}

/// Says that an order is refused.
#[cold]
#[inline(never)]
pub(crate) fn reject(command: &PlaceOrder, code: u16, out: &mut Vec<u8>) {
    // Readers of events may count on readable texts.
    let client_order_id = if is_client_order_id(command.client_order_id) {
        command.client_order_id
    } else {
        Symbol::EMPTY
    };
    OrderRejected {
        account: command.account,
        market: command.market,
        code,
        reserved: [0; 6],
        client_order_id,
    }
    .append(out);
}
