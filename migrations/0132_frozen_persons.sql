-- Persons that operators have frozen, and how operators find them and what was paid.

-- migrate:up
ALTER TABLE accounts.persons
    -- Since when nobody signs in; the core's account is frozen with it.
    ADD COLUMN frozen_at timestamptz,
    -- For operators alone.
    ADD COLUMN frozen_reason text,
    ADD CHECK ((frozen_at IS NULL) = (frozen_reason IS NULL));
CREATE INDEX persons_email_prefix ON accounts.persons (email text_pattern_ops);

-- An account's transfers, the latest first; trades have entries of their own.
CREATE INDEX entries_of_transfers ON ledger.entries (account, sequence, entry) WHERE market = 0;

-- migrate:down
DROP INDEX ledger.entries_of_transfers;
DROP INDEX accounts.persons_email_prefix;
ALTER TABLE accounts.persons DROP COLUMN frozen_at, DROP COLUMN frozen_reason;
