-- Organisations are named anew and frozen, and their accounts named anew and archived.

-- migrate:up
ALTER TABLE accounts.organisations
    ADD COLUMN frozen_at timestamptz,
    ADD COLUMN frozen_reason text CHECK (length(frozen_reason) BETWEEN 1 AND 200),
    ADD CHECK ((frozen_at IS NULL) = (frozen_reason IS NULL));
ALTER TABLE accounts.organisation_accounts
    ADD COLUMN archived_at timestamptz,
    -- The main one stays.
    ADD CHECK (archived_at IS NULL OR name IS NOT NULL);
DROP INDEX accounts.organisation_accounts_name;
CREATE UNIQUE INDEX organisation_accounts_name
    ON accounts.organisation_accounts (organisation, coalesce(lower(name), '')) WHERE archived_at IS NULL;

GRANT UPDATE (name, frozen_at, frozen_reason) ON accounts.organisations TO cse_accounts;
GRANT UPDATE (name, archived_at) ON accounts.organisation_accounts TO cse_accounts;

-- migrate:down
DROP INDEX accounts.organisation_accounts_name;
CREATE UNIQUE INDEX organisation_accounts_name
    ON accounts.organisation_accounts (organisation, coalesce(lower(name), ''));
ALTER TABLE accounts.organisation_accounts DROP COLUMN archived_at;
ALTER TABLE accounts.organisations DROP COLUMN frozen_reason, DROP COLUMN frozen_at;
