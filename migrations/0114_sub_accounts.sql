-- A person's further accounts, and which of them an API key is for.

-- migrate:up
CREATE TABLE accounts.sub_accounts (
    -- The row of outbox 2 that opens it.
    outbox_number bigint PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    -- The account in the core; NULL until its opening has come back.
    account bigint UNIQUE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Since when the core takes nothing for it; what it had before can still be read.
    archived_at timestamptz
);
CREATE INDEX sub_accounts_person ON accounts.sub_accounts (person, outbox_number);
CREATE UNIQUE INDEX sub_accounts_name ON accounts.sub_accounts (person, lower(name)) WHERE archived_at IS NULL;

-- `account` is the one that a request of the key is about where it names none.
ALTER TABLE accounts.api_keys ADD COLUMN accounts bigint[];
UPDATE accounts.api_keys SET accounts = ARRAY[account];
ALTER TABLE accounts.api_keys ALTER COLUMN accounts SET NOT NULL, ADD CHECK (account = ANY (accounts));

GRANT SELECT, INSERT ON accounts.sub_accounts TO cse_accounts;
GRANT UPDATE (account, name, archived_at) ON accounts.sub_accounts TO cse_accounts;
-- A transfer between a person's accounts is claimed by a key of the request.
GRANT SELECT, INSERT, UPDATE ON runtime.idempotency_keys TO cse_accounts;

-- migrate:down
REVOKE SELECT, INSERT, UPDATE ON runtime.idempotency_keys FROM cse_accounts;
ALTER TABLE accounts.api_keys DROP COLUMN accounts;
DROP TABLE accounts.sub_accounts;
