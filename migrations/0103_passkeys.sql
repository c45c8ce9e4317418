-- Passkeys (WebAuthn): public keys whose private halves never leave a person's devices.

-- migrate:up
CREATE TABLE accounts.passkeys (
    id bytea PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 1023),
    person uuid NOT NULL REFERENCES accounts.persons,
    public_key bytea NOT NULL,
    -- How often the authenticator says it was used; one that counts and does not go on was copied.
    sign_count bigint NOT NULL,
    -- For which host name it was made; it is good for no other.
    relying_party text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    -- Whether its provider keeps a copy, so that it outlives the device.
    backed_up boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
);
CREATE INDEX passkeys_person ON accounts.passkeys (person);

-- What an authenticator is to sign, once and soon. Without a person: whoever signs in by it.
CREATE TABLE accounts.passkey_challenges (
    digest bytea PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('register', 'sign in', 'step up')),
    session uuid REFERENCES accounts.sessions,
    expires_at timestamptz NOT NULL,
    CHECK ((session IS NULL) = (purpose = 'sign in'))
);
CREATE INDEX passkey_challenges_expires ON accounts.passkey_challenges (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.passkeys, accounts.passkey_challenges TO cse_accounts;

-- migrate:down
DROP TABLE accounts.passkeys, accounts.passkey_challenges;
