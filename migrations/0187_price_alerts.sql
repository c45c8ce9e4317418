-- Prices that persons want to be told of: each once, when a trade gets there.

-- migrate:up
CREATE TABLE accounts.price_alerts (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    market integer NOT NULL,
    -- What both are called for people; neither a market's name nor its tick ever changes.
    market_name text NOT NULL,
    price_text text NOT NULL,
    -- In ticks.
    price bigint NOT NULL CHECK (price > 0),
    direction text NOT NULL CHECK (direction IN ('at_or_above', 'at_or_below')),
    by_mail boolean NOT NULL,
    -- Trades above this sequence count: what was before it was seen when the alert was set.
    sequence bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    reached_at timestamptz
);
CREATE INDEX price_alerts_person ON accounts.price_alerts (person, id DESC);
CREATE INDEX price_alerts_waiting ON accounts.price_alerts (market, direction, price) WHERE reached_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.price_alerts TO cse_accounts;

-- migrate:down
DROP TABLE accounts.price_alerts;
