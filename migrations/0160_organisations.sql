-- Organisations: owners of accounts for which several persons act.

-- migrate:up
CREATE TABLE accounts.organisations (
    -- The owner of its accounts in the core.
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL REFERENCES accounts.persons,
    -- Rises with each change of the policy: what was asked for under another one is not carried out.
    policy_version integer NOT NULL DEFAULT 1 CHECK (policy_version > 0),
    policy jsonb NOT NULL CHECK (jsonb_typeof(policy) = 'object')
);
CREATE INDEX organisations_created_by ON accounts.organisations (created_by);

CREATE TABLE accounts.organisation_members (
    organisation uuid NOT NULL REFERENCES accounts.organisations,
    person uuid NOT NULL REFERENCES accounts.persons,
    roles text[] NOT NULL CHECK (
        cardinality(roles) > 0 AND roles <@ ARRAY['viewer', 'trader', 'treasurer', 'approver', 'owner']
    ),
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation, person)
);
CREATE INDEX organisation_members_person ON accounts.organisation_members (person);

CREATE TABLE accounts.organisation_accounts (
    -- The row of outbox 2 that opens it.
    outbox_number bigint PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES accounts.organisations,
    -- The account in the core; NULL until its opening has come back.
    account bigint UNIQUE,
    -- The main one has none.
    name text CHECK (length(name) BETWEEN 1 AND 40),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX organisation_accounts_name
    ON accounts.organisation_accounts (organisation, coalesce(lower(name), ''));

CREATE TABLE accounts.organisation_invitations (
    id uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES accounts.organisations,
    email text NOT NULL,
    roles text[] NOT NULL CHECK (cardinality(roles) > 0),
    invited_by uuid NOT NULL REFERENCES accounts.persons,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    -- Of the link that was mailed; NULL until it is.
    digest bytea UNIQUE,
    UNIQUE (organisation, email)
);

-- What takes several members: asked for by one, carried out with the last approval that it needs.
CREATE TABLE accounts.organisation_requests (
    id uuid PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES accounts.organisations,
    act text NOT NULL CHECK (act ~ '^[a-z_]+$'),
    facts jsonb NOT NULL CHECK (jsonb_typeof(facts) = 'object'),
    -- Over all that is asked for; whoever approves says which he has seen.
    digest bytea NOT NULL CHECK (length(digest) = 32),
    policy_version integer NOT NULL,
    needed integer NOT NULL CHECK (needed >= 0),
    asked_by uuid NOT NULL REFERENCES accounts.persons,
    asked_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    outcome text CHECK (outcome IN ('done', 'refused', 'withdrawn')),
    decided_at timestamptz,
    decided_by uuid REFERENCES accounts.persons,
    decision_reason text,
    -- The row of outbox 2 by which it is carried out, where that is a command of the core.
    outbox_number bigint,
    -- The code with which the core refused it.
    failure text,
    -- By which a repeat of the same request is known.
    idempotency_key text,
    UNIQUE (id, asked_by),
    UNIQUE (organisation, asked_by, idempotency_key),
    CHECK ((decided_at IS NULL) = (outcome IS NULL)),
    CHECK ((decided_by IS NULL) = (outcome IS NULL))
);
CREATE INDEX organisation_requests_asked
    ON accounts.organisation_requests (organisation, asked_at DESC, id DESC);

CREATE TABLE accounts.organisation_approvals (
    request uuid NOT NULL,
    asked_by uuid NOT NULL,
    person uuid NOT NULL REFERENCES accounts.persons,
    approved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (request, person),
    FOREIGN KEY (request, asked_by) REFERENCES accounts.organisation_requests (id, asked_by),
    -- Whatever a service thinks: nobody approves what they asked for.
    CONSTRAINT never_ones_own CHECK (person <> asked_by)
);

-- What was moved without an approval, for as long as limits look back.
CREATE TABLE accounts.organisation_moves (
    outbox_number bigint PRIMARY KEY,
    organisation uuid NOT NULL REFERENCES accounts.organisations,
    asset text NOT NULL,
    units numeric(39, 0) NOT NULL CHECK (units > 0),
    moved_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX organisation_moves_asset ON accounts.organisation_moves (organisation, asset, moved_at);

GRANT SELECT, INSERT ON accounts.organisations, accounts.organisation_accounts,
    accounts.organisation_requests, accounts.organisation_approvals TO cse_accounts;
GRANT UPDATE (policy_version, policy) ON accounts.organisations TO cse_accounts;
GRANT UPDATE (account) ON accounts.organisation_accounts TO cse_accounts;
GRANT UPDATE (outcome, decided_at, decided_by, decision_reason, outbox_number, failure)
    ON accounts.organisation_requests TO cse_accounts;
GRANT SELECT, INSERT, DELETE ON accounts.organisation_members, accounts.organisation_invitations,
    accounts.organisation_moves TO cse_accounts;
GRANT UPDATE (roles) ON accounts.organisation_members TO cse_accounts;
GRANT UPDATE (digest) ON accounts.organisation_invitations TO cse_accounts;

-- migrate:down
DROP TABLE accounts.organisation_moves, accounts.organisation_approvals, accounts.organisation_requests,
    accounts.organisation_invitations, accounts.organisation_accounts, accounts.organisation_members,
    accounts.organisations;
