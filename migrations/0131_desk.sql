-- Who operates the exchange, and what operators tell everybody.

-- migrate:up
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cse_desk') THEN
        CREATE ROLE cse_desk LOGIN NOINHERIT;
    END IF;
END
$$;

CREATE SCHEMA desk;

CREATE TABLE desk.operators (
    person uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('viewer', 'support', 'market', 'security', 'head')),
    granted_at timestamptz NOT NULL DEFAULT now(),
    -- A login at the command line, or an operator's person.
    granted_by text NOT NULL,
    PRIMARY KEY (person, role)
);

-- What is shown on every page while it is not over.
CREATE TABLE desk.incidents (
    id uuid PRIMARY KEY,
    severity text NOT NULL CHECK (severity IN ('notice', 'degraded', 'outage')),
    -- By language; `en` is always there.
    texts jsonb NOT NULL CHECK (texts ? 'en'),
    begun_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
-- One at a time: two would have to be read at once.
CREATE UNIQUE INDEX incidents_current ON desk.incidents ((true)) WHERE ended_at IS NULL;
CREATE INDEX incidents_begun ON desk.incidents (begun_at DESC);

INSERT INTO runtime.outbox_sources (source, name, role) VALUES (5, 'desk', 'cse_desk');

GRANT USAGE ON SCHEMA desk, runtime TO cse_desk;
GRANT SELECT, INSERT, DELETE ON desk.operators TO cse_desk;
GRANT SELECT, INSERT, UPDATE (ended_at) ON desk.incidents TO cse_desk;
GRANT EXECUTE ON FUNCTION runtime.enqueue TO cse_desk;
GRANT SELECT (source, number, created_at, sequence, code, answered_at) ON runtime.outbox TO cse_desk;

-- migrate:down
DROP SCHEMA desk CASCADE;
DELETE FROM runtime.outbox_sources WHERE source = 5;
