-- How a person likes the app and mails to be, felt on all their devices.

-- migrate:up
CREATE TABLE accounts.preferences (
    person uuid PRIMARY KEY REFERENCES accounts.persons,
    -- Rises with each change: whoever changes says which one they have seen. With 0 it is what the sign-up said.
    version integer NOT NULL CHECK (version >= 0),
    -- What was chosen; what is not there is as by default.
    chosen jsonb NOT NULL CHECK (jsonb_typeof(chosen) = 'object'),
    changed_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.preferences TO cse_accounts;

-- migrate:down
DROP TABLE accounts.preferences;
