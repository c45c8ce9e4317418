-- Anybody may claim an address; the one who has shown that they read its mail has it.

-- migrate:up
ALTER TABLE accounts.persons DROP CONSTRAINT persons_email_key;
CREATE UNIQUE INDEX persons_verified_email ON accounts.persons (email) WHERE email_verified_at IS NOT NULL;
CREATE INDEX persons_email ON accounts.persons (email, password_hash);

-- How passwords of an address are hashed: what all their hashes begin with, parameters and salt. So a try
-- to sign in takes one hash, however many claim the address.
CREATE TABLE accounts.password_salts (
    email text PRIMARY KEY,
    hash_start text NOT NULL
);
INSERT INTO accounts.password_salts (email, hash_start)
SELECT email, left(password_hash, -position('$' in reverse(password_hash))) FROM accounts.persons;

GRANT SELECT, INSERT, UPDATE ON accounts.password_salts TO cse_accounts;

-- migrate:down
DROP TABLE accounts.password_salts;
DROP INDEX accounts.persons_email, accounts.persons_verified_email;
ALTER TABLE accounts.persons ADD CONSTRAINT persons_email_key UNIQUE (email);
