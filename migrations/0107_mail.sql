-- Mail to persons, links that were sent to them, and the demo's mailbox.

-- migrate:up
-- What is to be sent, written in the transaction of what it is about. There is no text here: it is written
-- anew for each try, so that no link's secret is ever kept.
CREATE TABLE accounts.mail_queue (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    recipient text NOT NULL,
    facts jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Afterwards nobody is helped by it any more.
    give_up_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    -- While it is being tried, the time at which that has failed for want of any news of it.
    next_try_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    outcome text CHECK (outcome IN ('sent', 'refused', 'given up')),
    last_failure text,
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX mail_queue_waiting ON accounts.mail_queue (next_try_at) WHERE ended_at IS NULL;
CREATE INDEX mail_queue_ended ON accounts.mail_queue (ended_at) WHERE ended_at IS NOT NULL;

-- What a link proves: that somebody reads the mail of an address. Each is good once, and gone then.
CREATE TABLE accounts.links (
    digest bytea PRIMARY KEY,
    purpose text NOT NULL,
    person uuid NOT NULL REFERENCES accounts.persons,
    -- The address that it was sent to.
    email text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX links_person ON accounts.links (person);
CREATE INDEX links_expires ON accounts.links (expires_at);

CREATE TABLE accounts.mailbox (
    id uuid PRIMARY KEY,
    recipient text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX mailbox_received ON accounts.mailbox (received_at);

-- How many passwords the person has had: what began with one does not go on with the next.
ALTER TABLE accounts.persons ADD COLUMN password_number integer NOT NULL DEFAULT 1;

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.mail_queue TO cse_accounts;
GRANT SELECT, INSERT, DELETE ON accounts.links, accounts.mailbox TO cse_accounts;

-- migrate:down
ALTER TABLE accounts.persons DROP COLUMN password_number;
DROP TABLE accounts.mail_queue, accounts.links, accounts.mailbox;
