-- Archives of what is kept of a person, made for them when they ask.

-- migrate:up
CREATE TABLE accounts.exports (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    asked_at timestamptz NOT NULL DEFAULT now(),
    -- Which try this is: what an earlier one still does comes to nothing.
    tries integer NOT NULL DEFAULT 0,
    -- Until then nobody else takes it.
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    ended_at timestamptz,
    -- Of how many pieces and bytes the archive is; null where none could be made.
    pieces integer CHECK (pieces > 0),
    bytes bigint CHECK (bytes > 0),
    expires_at timestamptz,
    fetched_at timestamptz,
    CHECK ((pieces IS NULL) = (bytes IS NULL) AND (pieces IS NULL) = (expires_at IS NULL)),
    CHECK (pieces IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX exports_person ON accounts.exports (person, asked_at DESC);
CREATE INDEX exports_waiting ON accounts.exports (asked_at) WHERE ended_at IS NULL;

CREATE TABLE accounts.export_pieces (
    export uuid NOT NULL REFERENCES accounts.exports ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 0),
    sealed bytea NOT NULL,
    PRIMARY KEY (export, number)
);
-- What is encrypted does not get shorter.
ALTER TABLE accounts.export_pieces ALTER COLUMN sealed SET STORAGE EXTERNAL;

GRANT SELECT, DELETE ON accounts.exports, accounts.export_pieces TO cse_accounts;
GRANT INSERT (id, person) ON accounts.exports TO cse_accounts;
GRANT UPDATE (tries, leased_until, ended_at, pieces, bytes, expires_at, fetched_at) ON accounts.exports
    TO cse_accounts;
GRANT INSERT ON accounts.export_pieces TO cse_accounts;

-- migrate:down
DROP TABLE accounts.export_pieces, accounts.exports;
