-- What an account's postings come to: lots, gains and fees, and what it had at any time.
-- The first who looks brings an account up to where the ledger is, and all rows of it change together.
-- Nothing here is more than what the ledger's entries say: rows that are deleted, all of an account, are made anew.

-- migrate:up
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cse_portfolio') THEN
        CREATE ROLE cse_portfolio LOGIN NOINHERIT;
    END IF;
END
$$;

CREATE SCHEMA portfolio;

-- `book` holds every entry up to `sequence`, in the form of `version`, as JSON.
CREATE TABLE portfolio.books (
    account integer PRIMARY KEY,
    version integer NOT NULL,
    sequence bigint NOT NULL,
    book text NOT NULL
);

-- How much an account's balance of an asset changed in a quarter of an hour, in units.
CREATE TABLE portfolio.changes (
    account integer NOT NULL,
    start timestamptz NOT NULL,
    asset integer NOT NULL,
    amount numeric(39, 0) NOT NULL,
    PRIMARY KEY (account, start, asset)
);

-- What came to an account from outside and left it. `worth` has the sign of `amount`; `worth_before` is
-- what the account had just before. Both are in units of the asset that all is valued in, NULL where a
-- price was not known.
CREATE TABLE portfolio.flows (
    account integer NOT NULL,
    sequence bigint NOT NULL,
    entry integer NOT NULL,
    time timestamptz NOT NULL,
    asset integer NOT NULL,
    amount numeric(39, 0) NOT NULL,
    worth numeric(39, 0),
    worth_before numeric(39, 0),
    PRIMARY KEY (account, sequence, entry)
);

CREATE INDEX flows_time ON portfolio.flows (account, time);

GRANT USAGE ON SCHEMA portfolio TO cse_portfolio;
GRANT SELECT, INSERT, UPDATE, DELETE ON portfolio.books, portfolio.changes TO cse_portfolio;
GRANT SELECT, INSERT, DELETE ON portfolio.flows TO cse_portfolio;

-- migrate:down
DROP SCHEMA portfolio CASCADE;
