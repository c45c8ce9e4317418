-- Who persons have shown to be: their applications, what they handed in, and what came of it.

-- migrate:up
ALTER TABLE accounts.persons
    -- What has been approved; it is no tier of fees and risk, which is the core's.
    ADD COLUMN verified_level text NOT NULL DEFAULT 'none' CHECK (verified_level IN ('none', 'basic', 'full'));

CREATE TABLE accounts.verifications (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES accounts.persons,
    level text NOT NULL CHECK (level IN ('basic', 'full')),
    state text NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'pending', 'approved', 'refused', 'withdrawn', 'expired')),
    -- Who is to decide about one that is pending.
    stage text CHECK (stage IN ('provider', 'operators')),
    -- Sealed: legal name, date of birth, country, and what of the list of sanctions they meet. NULL once
    -- it is erased.
    facts bytea,
    has_hit boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    submitted_at timestamptz,
    decided_at timestamptz,
    -- An operator's person, a login at the command line, a provider, or the person who took it back.
    decided_by text,
    -- Why it was refused: a word that the person is told.
    reason text,
    -- How often it was handed to the provider in vain, and when next; NULL once the provider has it.
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz,
    CHECK ((state = 'pending') = (stage IS NOT NULL)),
    CHECK ((state = 'draft') = (submitted_at IS NULL) OR state IN ('withdrawn', 'expired')),
    CHECK ((state IN ('draft', 'pending')) = (decided_at IS NULL)),
    CHECK ((state = 'refused') = (reason IS NOT NULL)),
    -- Whatever a service thinks: nobody decides about themselves.
    CONSTRAINT never_ones_own CHECK (
        state NOT IN ('approved', 'refused') OR decided_by IS DISTINCT FROM person::text)
);
-- One at a time.
CREATE UNIQUE INDEX verifications_open ON accounts.verifications (person) WHERE state IN ('draft', 'pending');
CREATE INDEX verifications_person ON accounts.verifications (person, id DESC);
CREATE INDEX verifications_pending ON accounts.verifications (submitted_at) WHERE state = 'pending';
CREATE INDEX verifications_to_hand ON accounts.verifications (next_try_at) WHERE next_try_at IS NOT NULL;

CREATE TABLE accounts.verification_documents (
    id uuid PRIMARY KEY,
    verification uuid NOT NULL REFERENCES accounts.verifications,
    kind text NOT NULL CHECK (kind IN ('identity', 'address')),
    -- As its bytes say.
    media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
    size_bytes integer NOT NULL CHECK (size_bytes > 0),
    -- Sealed.
    content bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- Sealed, it does not get smaller: PostgreSQL need not try.
ALTER TABLE accounts.verification_documents ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX verification_documents_of ON accounts.verification_documents (verification, id);

GRANT SELECT, INSERT ON accounts.verifications TO cse_accounts;
GRANT UPDATE (level, state, stage, facts, has_hit, submitted_at, decided_at, decided_by, reason, tries, next_try_at)
    ON accounts.verifications TO cse_accounts;
GRANT SELECT, INSERT, UPDATE (content), DELETE ON accounts.verification_documents TO cse_accounts;

-- Who reads what was handed in.
ALTER TABLE desk.operators DROP CONSTRAINT operators_role_check;
ALTER TABLE desk.operators ADD CONSTRAINT operators_role_check
    CHECK (role IN ('viewer', 'support', 'market', 'security', 'reviewer', 'head'));

-- The faucet asks how far a person is verified, and sees nothing else of persons.
CREATE FUNCTION faucet.verified_level(of_person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT verified_level FROM accounts.persons WHERE id = of_person
$$;
REVOKE ALL ON FUNCTION faucet.verified_level FROM PUBLIC;
GRANT EXECUTE ON FUNCTION faucet.verified_level TO cse_faucet;

-- migrate:down
DROP FUNCTION faucet.verified_level;
DELETE FROM desk.operators WHERE role = 'reviewer';
ALTER TABLE desk.operators DROP CONSTRAINT operators_role_check;
ALTER TABLE desk.operators ADD CONSTRAINT operators_role_check
    CHECK (role IN ('viewer', 'support', 'market', 'security', 'head'));
DROP TABLE accounts.verification_documents, accounts.verifications;
ALTER TABLE accounts.persons DROP COLUMN verified_level;
