-- What the app keeps for a person: how their chart, book and lists are, felt on all their devices.

-- migrate:up
CREATE TABLE accounts.workspace (
    person uuid NOT NULL REFERENCES accounts.persons,
    name text NOT NULL,
    -- Rises with each change: whoever changes says which one they have seen.
    version integer NOT NULL CHECK (version > 0),
    -- The app's own words, which nobody here reads.
    text text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, name)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.workspace TO cse_accounts;

-- migrate:down
DROP TABLE accounts.workspace;
