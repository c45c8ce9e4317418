-- Who stands behind a token.

-- migrate:up
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cse_creators') THEN
        CREATE ROLE cse_creators LOGIN NOINHERIT;
    END IF;
END
$$;

CREATE SCHEMA creators;

-- Texts are as they were given; whoever shows them shows them as text.
CREATE TABLE creators.profiles (
    asset text PRIMARY KEY,
    handle text NOT NULL UNIQUE,
    name text NOT NULL,
    category text NOT NULL,
    tagline text NOT NULL,
    -- A path under the exchange's origin.
    cover text,
    demo boolean NOT NULL,
    introduced_at timestamptz NOT NULL DEFAULT now()
);

GRANT USAGE ON SCHEMA creators TO cse_creators;
GRANT SELECT, INSERT, UPDATE ON creators.profiles TO cse_creators;

-- migrate:down
DROP SCHEMA creators CASCADE;
