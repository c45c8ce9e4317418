-- Risk limits of account tiers, and what was told to operators of accounts.

-- migrate:up

-- Of a tier that has limits of its own in a market; 0 stands for all that have none.
CREATE TABLE ledger.risk_limits (
    market integer NOT NULL,
    tier smallint NOT NULL,
    max_quantity bigint NOT NULL,
    max_notional numeric(39, 0) NOT NULL,
    max_notional_per_minute numeric(39, 0) NOT NULL,
    flag_notional_per_minute numeric(39, 0) NOT NULL,
    max_open_orders bigint NOT NULL,
    flag_cancels bigint NOT NULL,
    flag_cancels_per_fill bigint NOT NULL,
    flag_far_orders bigint NOT NULL,
    flag_far_ppm integer NOT NULL,
    flag_self_trades bigint NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (market, tier)
);

CREATE TABLE ledger.flags (
    sequence bigint NOT NULL,
    account integer NOT NULL,
    market integer NOT NULL,
    pattern smallint NOT NULL,
    -- Quote units of notional, or how many within a minute, and the limit that this is above.
    counted numeric(39, 0) NOT NULL,
    bound numeric(39, 0) NOT NULL,
    fills bigint NOT NULL,
    flagged_at timestamptz NOT NULL,
    PRIMARY KEY (sequence, account, market, pattern)
);

CREATE INDEX flags_account ON ledger.flags (account, sequence DESC);

GRANT SELECT ON ledger.risk_limits, ledger.flags TO cse_ledger, cse_ledger_reads;
GRANT INSERT, UPDATE, DELETE ON ledger.risk_limits TO cse_ledger;
GRANT INSERT ON ledger.flags TO cse_ledger;

-- migrate:down
DROP TABLE ledger.flags, ledger.risk_limits;
