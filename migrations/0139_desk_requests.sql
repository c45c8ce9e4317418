-- What takes two operators: one asks, another approves.

-- migrate:up
CREATE TABLE desk.requests (
    id uuid PRIMARY KEY,
    act text NOT NULL CHECK (act ~ '^[a-z_]+$'),
    -- A market's name or a person's id.
    subject text NOT NULL,
    body jsonb NOT NULL,
    -- What changes, as it was when this was asked for and as it is to be.
    before text NOT NULL,
    after text NOT NULL,
    reason text NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    decided_at timestamptz,
    -- An operator's person, or a login at the command line.
    decided_by text,
    outcome text CHECK (outcome IN ('approved', 'refused', 'withdrawn')),
    decision_reason text,
    -- The code with which the core refused what was approved.
    failure text,
    CHECK ((decided_at IS NULL) = (outcome IS NULL)),
    CHECK ((decided_by IS NULL) = (outcome IS NULL)),
    -- Whatever a service thinks: nobody approves what they asked for.
    CONSTRAINT never_ones_own CHECK ((outcome = 'withdrawn') IS TRUE OR decided_by IS DISTINCT FROM asked_by::text)
);
CREATE INDEX requests_asked ON desk.requests (asked_at DESC, id DESC);
CREATE INDEX requests_open ON desk.requests (asked_by, act, subject) WHERE outcome IS NULL;

GRANT SELECT ON desk.requests TO cse_desk;
GRANT INSERT (id, act, subject, body, before, after, reason, asked_by, expires_at) ON desk.requests TO cse_desk;
GRANT UPDATE (decided_at, decided_by, outcome, decision_reason, failure) ON desk.requests TO cse_desk;

-- migrate:down
DROP TABLE desk.requests;
