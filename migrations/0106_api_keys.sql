-- Keys that programs sign with.

-- migrate:up
CREATE TABLE accounts.api_keys (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    -- The account in the core that the key is for.
    account bigint NOT NULL,
    label text NOT NULL,
    algorithm text NOT NULL CHECK (algorithm IN ('hmac-sha256', 'ed25519')),
    scopes text[] NOT NULL CHECK (scopes <> '{}' AND scopes <@ ARRAY['read', 'trade', 'withdraw']),
    -- Where the key may be used from; everywhere if there is none.
    allowed_networks cidr[] NOT NULL,
    -- Encrypted with a key that this database never sees; forgotten when the key is revoked.
    sealed_secret bytea,
    public_key bytea CHECK (length(public_key) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    -- To the minute, noted now and then.
    last_used_at timestamptz,
    last_used_from text,
    revoked_at timestamptz,
    CHECK ((public_key IS NOT NULL) = (algorithm = 'ed25519')),
    CHECK ((sealed_secret IS NOT NULL) = (algorithm = 'hmac-sha256' AND revoked_at IS NULL)),
    CHECK (allowed_networks <> '{}' OR NOT 'withdraw' = ANY (scopes))
);
CREATE INDEX api_keys_person ON accounts.api_keys (person) WHERE revoked_at IS NULL;

GRANT SELECT, INSERT ON accounts.api_keys TO cse_accounts;
GRANT UPDATE (label, allowed_networks, expires_at, sealed_secret, last_used_at, last_used_from, revoked_at)
    ON accounts.api_keys TO cse_accounts;

-- migrate:down
DROP TABLE accounts.api_keys;
