-- The second factor: a secret shared with an authenticator, recovery codes, and sign-ins that wait for one.

-- migrate:up
ALTER TABLE accounts.sessions
    -- When the person last showed in this session that it is them, and by what; sessions of before never did.
    ADD COLUMN verified_at timestamptz NOT NULL DEFAULT 'epoch',
    ADD COLUMN verified_by text NOT NULL DEFAULT 'password'
        CHECK (verified_by IN ('password', 'totp', 'recovery_code', 'passkey'));
ALTER TABLE accounts.sessions ALTER COLUMN verified_at DROP DEFAULT, ALTER COLUMN verified_by DROP DEFAULT;

CREATE TABLE accounts.totp (
    person uuid PRIMARY KEY REFERENCES accounts.persons,
    -- Sealed with a key that is not in this database, and for this row alone.
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- NULL until a first code has shown that the authenticator has the secret; until then it is no factor.
    confirmed_at timestamptz,
    -- The time step of the last code that was taken; codes of it and of earlier ones are taken no more.
    last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE accounts.recovery_codes (
    person uuid NOT NULL REFERENCES accounts.persons,
    digest bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (person, digest)
);

-- A sign-in whose password was right. It is no session: all it allows is to try a code, a few times.
CREATE TABLE accounts.sign_in_challenges (
    digest bytea PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    tries integer NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_challenges_expires ON accounts.sign_in_challenges (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.totp, accounts.recovery_codes, accounts.sign_in_challenges
    TO cse_accounts;

-- migrate:down
DROP TABLE accounts.totp, accounts.recovery_codes, accounts.sign_in_challenges;
ALTER TABLE accounts.sessions DROP COLUMN verified_at, DROP COLUMN verified_by;
