-- Persons who have closed their account. Of them is kept what the books and the audit log are about.

-- migrate:up
ALTER TABLE accounts.persons
    -- They are frozen as well, for good: nobody signs in, and the core takes nothing.
    ADD COLUMN closed_at timestamptz,
    ADD CHECK (closed_at IS NULL OR frozen_at IS NOT NULL);
CREATE INDEX persons_closed ON accounts.persons (closed_at) WHERE closed_at IS NOT NULL;

GRANT DELETE ON accounts.known_addresses, accounts.password_salts TO cse_accounts;

-- migrate:down
REVOKE DELETE ON accounts.known_addresses, accounts.password_salts FROM cse_accounts;
DROP INDEX accounts.persons_closed;
ALTER TABLE accounts.persons DROP COLUMN closed_at;
