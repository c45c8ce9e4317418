-- What persons are told of: in the app, and by mail where they want it.

-- migrate:up
CREATE TABLE accounts.notifications (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    kind text NOT NULL,
    -- What it is about, such as a market; of one kind and target there is one row that is not read yet.
    target text NOT NULL,
    facts jsonb NOT NULL CHECK (jsonb_typeof(facts) = 'object'),
    -- How many of them came since it was read.
    count integer NOT NULL DEFAULT 1 CHECK (count > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz
);
CREATE INDEX notifications_person ON accounts.notifications (person, id DESC);
CREATE UNIQUE INDEX notifications_unread ON accounts.notifications (person, kind, target)
    WHERE read_at IS NULL AND target <> '';

-- Up to which sequence of the ledger persons were told of what it has of theirs.
CREATE TABLE accounts.notified (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    sequence bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.notifications TO cse_accounts;
GRANT SELECT, INSERT, UPDATE ON accounts.notified TO cse_accounts;

-- migrate:down
DROP TABLE accounts.notifications, accounts.notified;
