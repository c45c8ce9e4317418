-- Fee tiers and promotions, and transfers that are held.

-- migrate:up
ALTER TABLE ledger.accounts ADD COLUMN tier smallint NOT NULL DEFAULT 0;

-- Whether a promotion still holds, its end says: nothing is changed when it comes.
ALTER TABLE ledger.markets
    ADD COLUMN promotion_maker_fee_ppm integer NOT NULL DEFAULT 0,
    ADD COLUMN promotion_taker_fee_ppm integer NOT NULL DEFAULT 0,
    ADD COLUMN promotion_ends_at_us bigint NOT NULL DEFAULT 0;

-- A market's rates for a tier other than 0, whose rates are the market's own.
CREATE TABLE ledger.fee_tiers (
    market integer NOT NULL,
    tier smallint NOT NULL,
    maker_fee_ppm integer NOT NULL,
    taker_fee_ppm integer NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (market, tier)
);

-- Every transfer that was ever held. While it is, its money is in the locked of the debits; when it is
-- settled it gets its row in `transfers` and its entries, and when it is voided neither.
CREATE TABLE ledger.held_transfers (
    transfer bigint PRIMARY KEY,
    reference uuid NOT NULL,
    leg_count smallint NOT NULL,
    sequence bigint NOT NULL,
    held_at timestamptz NOT NULL,
    -- NULL while it is held.
    settled boolean,
    ended_sequence bigint,
    ended_at timestamptz,
    CHECK ((settled IS NULL) = (ended_sequence IS NULL) AND (settled IS NULL) = (ended_at IS NULL))
);

CREATE INDEX held_transfers_reference ON ledger.held_transfers (reference);

CREATE TABLE ledger.held_legs (
    transfer bigint NOT NULL,
    leg smallint NOT NULL,
    debit integer NOT NULL,
    credit integer NOT NULL,
    asset integer NOT NULL,
    amount numeric(39, 0) NOT NULL,
    reason integer NOT NULL,
    PRIMARY KEY (transfer, leg)
);

GRANT SELECT ON ledger.fee_tiers, ledger.held_transfers, ledger.held_legs
    TO cse_ledger, cse_ledger_reads;
GRANT INSERT, UPDATE ON ledger.fee_tiers, ledger.held_transfers TO cse_ledger;
GRANT INSERT ON ledger.held_legs TO cse_ledger;

-- migrate:down
DROP TABLE ledger.held_legs, ledger.held_transfers, ledger.fee_tiers;
ALTER TABLE ledger.markets
    DROP COLUMN promotion_maker_fee_ppm, DROP COLUMN promotion_taker_fee_ppm, DROP COLUMN promotion_ends_at_us;
ALTER TABLE ledger.accounts DROP COLUMN tier;
