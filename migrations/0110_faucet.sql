-- Keys of requests that take effect once, and what the faucet has given.

-- migrate:up
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cse_faucet') THEN
        CREATE ROLE cse_faucet LOGIN NOINHERIT;
    END IF;
END
$$;

CREATE TABLE runtime.idempotency_keys (
    person uuid NOT NULL,
    key text NOT NULL,
    content bytea NOT NULL,
    -- The outbox row of the request; set in the transaction that claims the key.
    source integer,
    number bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_keys_age ON runtime.idempotency_keys (created_at);

CREATE SCHEMA faucet;

-- What a person was given on a day (UTC) of an asset, in the asset's units.
CREATE TABLE faucet.daily_totals (
    person uuid NOT NULL,
    day date NOT NULL,
    asset integer NOT NULL,
    units numeric(39, 0) NOT NULL CHECK (units > 0),
    PRIMARY KEY (person, day, asset)
);

GRANT USAGE ON SCHEMA runtime, faucet TO cse_faucet;
GRANT SELECT, INSERT, UPDATE, DELETE ON runtime.idempotency_keys TO cse_faucet;
GRANT EXECUTE ON FUNCTION runtime.enqueue TO cse_faucet;
GRANT SELECT (source, number, created_at, sequence, code, answered_at) ON runtime.outbox TO cse_faucet;
GRANT SELECT, INSERT, UPDATE ON faucet.daily_totals TO cse_faucet;

-- migrate:down
DROP SCHEMA faucet CASCADE;
DROP TABLE runtime.idempotency_keys;
