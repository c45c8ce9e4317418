-- What the event log says, as rows: double entry, orders, trades, balances, and the position reached.
-- The follower alone writes here. What has happened is added by month and never changed; only
-- open orders, balances and the registries are brought up to date.

-- migrate:up
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cse_ledger_reads') THEN
        CREATE ROLE cse_ledger_reads LOGIN NOINHERIT;
    END IF;
END
$$;

CREATE SCHEMA ledger;

-- One row: all that stands in this schema is made of the groups up to `sequence`, no more, no less.
CREATE TABLE ledger.position (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch bigint NOT NULL DEFAULT 0,
    sequence bigint NOT NULL DEFAULT 0,
    chain numeric(20, 0) NOT NULL DEFAULT 0,
    time timestamptz NOT NULL DEFAULT 'epoch'
);

INSERT INTO ledger.position DEFAULT VALUES;

CREATE TABLE ledger.epochs (
    epoch bigint PRIMARY KEY,
    previous_epoch bigint NOT NULL,
    previous_last_sequence bigint NOT NULL,
    sequence bigint NOT NULL,
    started_at timestamptz NOT NULL
);

CREATE TABLE ledger.assets (
    asset integer PRIMARY KEY,
    symbol text NOT NULL UNIQUE,
    decimals smallint NOT NULL,
    sequence bigint NOT NULL
);

CREATE TABLE ledger.accounts (
    account integer PRIMARY KEY,
    kind smallint NOT NULL,
    owner uuid NOT NULL,
    frozen boolean NOT NULL,
    sequence bigint NOT NULL,
    opened_at timestamptz NOT NULL
);

CREATE INDEX accounts_owner ON ledger.accounts (owner);

CREATE TABLE ledger.markets (
    market integer PRIMARY KEY,
    base integer NOT NULL,
    quote integer NOT NULL,
    tick_decimals smallint NOT NULL,
    status smallint NOT NULL,
    tick_size bigint NOT NULL,
    lot_size bigint NOT NULL,
    tick_lot_units bigint NOT NULL,
    min_notional numeric(39, 0) NOT NULL,
    max_quantity bigint NOT NULL,
    maker_fee_ppm integer NOT NULL,
    taker_fee_ppm integer NOT NULL,
    creator_share_ppm integer NOT NULL,
    creator_account integer NOT NULL,
    fee_account integer NOT NULL,
    max_open_orders bigint NOT NULL,
    sequence bigint NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE ledger.balances (
    account integer NOT NULL,
    asset integer NOT NULL,
    available numeric(39, 0) NOT NULL,
    locked numeric(39, 0) NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (account, asset)
) WITH (fillfactor = 70);

CREATE TABLE ledger.open_orders (
    order_id bigint PRIMARY KEY,
    account integer NOT NULL,
    market integer NOT NULL,
    side smallint NOT NULL,
    order_type smallint NOT NULL,
    time_in_force smallint NOT NULL,
    self_trade_prevention smallint NOT NULL,
    flags bigint NOT NULL,
    price bigint NOT NULL,
    quantity bigint NOT NULL,
    quote_amount numeric(39, 0) NOT NULL,
    maker_fee_ppm integer NOT NULL,
    taker_fee_ppm integer NOT NULL,
    client_order_id text NOT NULL,
    accepted_sequence bigint NOT NULL,
    accepted_at timestamptz NOT NULL,
    filled_quantity bigint NOT NULL,
    filled_notional numeric(39, 0) NOT NULL,
    fee numeric(39, 0) NOT NULL,
    sequence bigint NOT NULL,
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 80);

-- `sequence` and `closed_at` are those of the closing; an account's list goes by them.
CREATE TABLE ledger.closed_orders (
    order_id bigint NOT NULL,
    account integer NOT NULL,
    market integer NOT NULL,
    side smallint NOT NULL,
    order_type smallint NOT NULL,
    time_in_force smallint NOT NULL,
    self_trade_prevention smallint NOT NULL,
    flags bigint NOT NULL,
    price bigint NOT NULL,
    quantity bigint NOT NULL,
    quote_amount numeric(39, 0) NOT NULL,
    maker_fee_ppm integer NOT NULL,
    taker_fee_ppm integer NOT NULL,
    client_order_id text NOT NULL,
    accepted_sequence bigint NOT NULL,
    accepted_at timestamptz NOT NULL,
    filled_quantity bigint NOT NULL,
    filled_notional numeric(39, 0) NOT NULL,
    fee numeric(39, 0) NOT NULL,
    remaining_quantity bigint NOT NULL,
    reason smallint NOT NULL,
    sequence bigint NOT NULL,
    closed_at timestamptz NOT NULL,
    PRIMARY KEY (order_id, closed_at)
) PARTITION BY RANGE (closed_at);

CREATE INDEX closed_orders_account ON ledger.closed_orders (account, sequence, order_id);
CREATE INDEX closed_orders_client ON ledger.closed_orders (account, client_order_id)
    WHERE client_order_id <> '';

CREATE TABLE ledger.trades (
    market integer NOT NULL,
    trade_id bigint NOT NULL,
    taker_side smallint NOT NULL,
    price bigint NOT NULL,
    quantity bigint NOT NULL,
    notional numeric(39, 0) NOT NULL,
    maker_order_id bigint NOT NULL,
    taker_order_id bigint NOT NULL,
    maker_account integer NOT NULL,
    taker_account integer NOT NULL,
    maker_fee numeric(39, 0) NOT NULL,
    taker_fee numeric(39, 0) NOT NULL,
    creator_fee numeric(39, 0) NOT NULL,
    fee_account integer NOT NULL,
    creator_account integer NOT NULL,
    maker_remaining bigint NOT NULL,
    taker_remaining bigint NOT NULL,
    sequence bigint NOT NULL,
    time timestamptz NOT NULL,
    PRIMARY KEY (market, trade_id, time)
) PARTITION BY RANGE (time);

CREATE INDEX trades_maker ON ledger.trades (maker_account, sequence, trade_id);
CREATE INDEX trades_taker ON ledger.trades (taker_account, sequence, trade_id);

CREATE TABLE ledger.transfers (
    transfer bigint NOT NULL,
    reference uuid NOT NULL,
    leg_count smallint NOT NULL,
    sequence bigint NOT NULL,
    time timestamptz NOT NULL,
    PRIMARY KEY (transfer, time)
) PARTITION BY RANGE (time);

CREATE INDEX transfers_reference ON ledger.transfers (reference);

-- Entries of one trade or transfer sum to zero per asset; an account's entries sum to its balance.
-- `market` and `reference` name the trade; with market 0 `reference` is the transfer.
CREATE TABLE ledger.entries (
    sequence bigint NOT NULL,
    entry integer NOT NULL,
    account integer NOT NULL,
    asset integer NOT NULL,
    amount numeric(39, 0) NOT NULL CHECK (amount <> 0),
    reason integer NOT NULL,
    market integer NOT NULL,
    reference bigint NOT NULL,
    time timestamptz NOT NULL,
    PRIMARY KEY (sequence, entry, time)
) PARTITION BY RANGE (time);

CREATE INDEX entries_account ON ledger.entries (account, asset, sequence);

-- Makes the partitions of the month that `moment` is in, where they are not there yet.
CREATE FUNCTION ledger.make_month(moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    first_day timestamptz := date_trunc('month', moment);
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['closed_orders', 'trades', 'transfers', 'entries'] LOOP
        IF to_regclass(format('ledger.%I', parent || to_char(moment, '_YYYY_MM'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE ledger.%I PARTITION OF ledger.%I FOR VALUES FROM (%L) TO (%L)',
                parent || to_char(moment, '_YYYY_MM'), parent, first_day, first_day + interval '1 month'
            );
        END IF;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION ledger.make_month FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO cse_ledger, cse_ledger_reads;
GRANT EXECUTE ON FUNCTION ledger.make_month TO cse_ledger;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO cse_ledger, cse_ledger_reads;
GRANT INSERT ON ledger.epochs, ledger.closed_orders, ledger.trades, ledger.transfers, ledger.entries
    TO cse_ledger;
GRANT UPDATE ON ledger.position TO cse_ledger;
GRANT INSERT, UPDATE ON ledger.assets, ledger.accounts, ledger.markets, ledger.balances TO cse_ledger;
GRANT INSERT, UPDATE, DELETE ON ledger.open_orders TO cse_ledger;

-- migrate:down
DROP SCHEMA ledger CASCADE;
