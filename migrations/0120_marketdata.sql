-- Candles of every market, made of the event log's trades, and the position reached.
-- The candles' follower alone writes here. A trade is added to its candles of four lengths in the one
-- transaction that moves the position; all other intervals are made of these four as they are read.

-- migrate:up
DO $$
DECLARE
    room text;
BEGIN
    FOREACH room IN ARRAY ARRAY['cse_marketdata', 'cse_marketdata_reads'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = room) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', room);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA marketdata;

-- One row: all that stands in this schema is made of the groups up to `sequence`, no more, no less.
CREATE TABLE marketdata.position (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL DEFAULT 0,
    chain numeric(20, 0) NOT NULL DEFAULT 0,
    time timestamptz NOT NULL DEFAULT 'epoch'
);

INSERT INTO marketdata.position DEFAULT VALUES;

-- The last trade that is in a market's candles.
CREATE TABLE marketdata.markets (
    market integer PRIMARY KEY,
    last_trade bigint NOT NULL,
    last_price bigint NOT NULL,
    last_time timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Prices in ticks, `quantity` in lots, `notional` in quote units. Ids of a market's trades are dense, so
-- a candle knows by itself that it has each of its trades once.
CREATE TABLE marketdata.candles_1d (
    market integer NOT NULL,
    start timestamptz NOT NULL,
    open bigint NOT NULL,
    high bigint NOT NULL,
    low bigint NOT NULL,
    close bigint NOT NULL,
    quantity numeric(39, 0) NOT NULL,
    notional numeric(39, 0) NOT NULL,
    trades bigint NOT NULL,
    first_trade bigint NOT NULL,
    last_trade bigint NOT NULL,
    PRIMARY KEY (market, start),
    CONSTRAINT each_trade_once CHECK (trades = last_trade - first_trade + 1 AND trades > 0),
    CONSTRAINT prices_in_order CHECK (
        low > 0 AND low <= open AND low <= close AND high >= open AND high >= close
    )
) WITH (fillfactor = 80);

CREATE TABLE marketdata.candles_1h (LIKE marketdata.candles_1d INCLUDING ALL) WITH (fillfactor = 80);

-- The short ones grow with time, so they stand in months that can be dropped.
CREATE TABLE marketdata.candles_1m (LIKE marketdata.candles_1d INCLUDING ALL)
PARTITION BY RANGE (start);

CREATE TABLE marketdata.candles_1s (LIKE marketdata.candles_1d INCLUDING ALL)
PARTITION BY RANGE (start);

-- Makes the partitions of the month that `moment` is in, where they are not there yet.
CREATE FUNCTION marketdata.make_month(moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET timezone = 'UTC' AS $$
DECLARE
    first_day timestamptz := date_trunc('month', moment);
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['candles_1m', 'candles_1s'] LOOP
        IF to_regclass(format('marketdata.%I', parent || to_char(moment, '_YYYY_MM'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE marketdata.%I PARTITION OF marketdata.%I FOR VALUES FROM (%L) TO (%L)'
                ' WITH (fillfactor = 80)',
                parent || to_char(moment, '_YYYY_MM'), parent, first_day, first_day + interval '1 month'
            );
        END IF;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION marketdata.make_month FROM PUBLIC;
GRANT USAGE ON SCHEMA marketdata TO cse_marketdata, cse_marketdata_reads;
GRANT EXECUTE ON FUNCTION marketdata.make_month TO cse_marketdata;
GRANT SELECT ON ALL TABLES IN SCHEMA marketdata TO cse_marketdata, cse_marketdata_reads;
GRANT UPDATE ON marketdata.position TO cse_marketdata;
GRANT INSERT, UPDATE ON marketdata.markets, marketdata.candles_1s, marketdata.candles_1m,
    marketdata.candles_1h, marketdata.candles_1d TO cse_marketdata;

-- migrate:down
DROP SCHEMA marketdata CASCADE;
