-- Persons, their sessions, and the tries that are counted against them.

-- migrate:up
CREATE SCHEMA accounts;

CREATE TABLE accounts.persons (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    -- The main account in the core; NULL until its opening has come back.
    account bigint UNIQUE,
    -- The row of outbox 2 that opens it.
    outbox_number bigint UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE accounts.known_addresses (
    person uuid NOT NULL REFERENCES accounts.persons,
    address text NOT NULL,
    last_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, address)
);

-- One sign-in. Its refresh tokens are numbered by generation and only the latest is good; they are
-- made of session and generation by a MAC, and stand nowhere.
CREATE TABLE accounts.sessions (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    generation integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    rotated_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX sessions_ended ON accounts.sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_person ON accounts.sessions (person);

CREATE TABLE accounts.attempts (
    scope text NOT NULL,
    subject text NOT NULL,
    count integer NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (scope, subject)
);

GRANT USAGE ON SCHEMA accounts TO cse_accounts;
GRANT SELECT, INSERT, UPDATE ON accounts.persons, accounts.known_addresses, accounts.sessions TO cse_accounts;
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.attempts TO cse_accounts;

-- migrate:down
DROP SCHEMA accounts CASCADE;
