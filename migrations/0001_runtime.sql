-- Rooms and their roles. A role may sign in, owns nothing, and sees what is granted to it.

-- migrate:up
DO $$
DECLARE
    room text;
BEGIN
    FOREACH room IN ARRAY ARRAY['cse_runtime', 'cse_accounts', 'cse_ledger'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = room) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', room);
        END IF;
    END LOOP;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA runtime;

-- The street from PostgreSQL to the core. Numbers are dense per source: the counter's row stays
-- locked until the transaction that took a number ends, and a rollback gives the number back.
CREATE TABLE runtime.outbox_sources (
    source integer PRIMARY KEY CHECK (source > 0),
    name text NOT NULL UNIQUE,
    -- The one role that may enqueue; NULL where none may.
    role text,
    last_number bigint NOT NULL DEFAULT 0
);

INSERT INTO runtime.outbox_sources (source, name, role)
VALUES (1, 'genesis', 'cse_ledger'), (2, 'accounts', 'cse_accounts'), (3, 'faucet', 'cse_faucet'),
    (4, 'admin', 'cse_runtime');

CREATE TABLE runtime.outbox (
    source integer NOT NULL REFERENCES runtime.outbox_sources,
    number bigint NOT NULL CHECK (number > 0),
    -- NULL in a row that was found in the event log and not here: its outcome is known, it is not.
    command bytea,
    -- FNV-1a-64 of the command, also where the command itself is not here.
    digest numeric(20, 0) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sequence bigint,
    -- 0 when it took effect, otherwise why it was refused.
    code integer,
    answered_at timestamptz,
    PRIMARY KEY (source, number),
    CHECK ((sequence IS NULL) = (code IS NULL)),
    CHECK (command IS NOT NULL OR sequence IS NOT NULL)
);

CREATE INDEX outbox_waiting ON runtime.outbox (source, number) WHERE sequence IS NULL;

-- A database that was restored, or made anew, knows fewer numbers than the core has taken, until the
-- ledger has read the event log again. So numbers are handed out only where the ledger has said that
-- it caught up, and only by this server since its start and for this database.
CREATE TABLE runtime.outbox_gate (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    -- NULL while the ledger catches up.
    opened_for text
);

INSERT INTO runtime.outbox_gate DEFAULT VALUES;

-- This server since its start, and this database: another text after a restart or a restore.
CREATE FUNCTION runtime.incarnation() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT extract(epoch FROM pg_postmaster_start_time()) || ' ' || oid
    FROM pg_database WHERE datname = current_database()
$$;

-- Rooms enqueue through this, each into its own outbox, and cannot write the tables.
CREATE FUNCTION runtime.enqueue(to_source integer, of_command bytea, with_digest numeric)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    -- Not current_user, who is the owner in here: the role taken on, or else the one signed in.
    caller text := coalesce(nullif(current_setting('role'), 'none'), session_user);
    taken bigint;
BEGIN
    PERFORM FROM runtime.outbox_sources WHERE source = to_source AND role = caller;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'outbox % is not for %', to_source, caller
        USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM runtime.outbox_gate WHERE opened_for = runtime.incarnation();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the ledger has not caught up with the journal yet'
        USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    UPDATE runtime.outbox_sources SET last_number = last_number + 1
    WHERE source = to_source RETURNING last_number INTO taken;
    INSERT INTO runtime.outbox (source, number, command, digest)
    VALUES (to_source, taken, of_command, with_digest);
    PERFORM pg_notify('outbox_enqueued', to_source::text);
    RETURN taken;
END
$$;

-- The ledger notes outcomes through this. A row that is not here (the database is younger than the
-- journal) is noted with its outcome, and the counter goes on behind it. Where the row is another
-- command than the core took under its number, nothing is noted and the answer is false.
CREATE FUNCTION runtime.note_outcome(
    of_source integer, of_number bigint, at_sequence bigint, with_code integer, taken_digest numeric
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    row_digest numeric;
BEGIN
    INSERT INTO runtime.outbox_sources (source, name) VALUES (of_source, of_source::text)
    ON CONFLICT DO NOTHING;
    -- Held up by whoever enqueues only where the counter is behind.
    UPDATE runtime.outbox_sources SET last_number = of_number
    WHERE source = of_source AND last_number < of_number;
    SELECT digest INTO row_digest FROM runtime.outbox
    WHERE source = of_source AND number = of_number;
    IF NOT FOUND THEN
        INSERT INTO runtime.outbox (source, number, digest, sequence, code, answered_at)
        VALUES (of_source, of_number, taken_digest, at_sequence, with_code, now());
    ELSIF row_digest = taken_digest THEN
        UPDATE runtime.outbox
        SET sequence = at_sequence, code = with_code, answered_at = now()
        WHERE source = of_source AND number = of_number;
    ELSE
        RETURN false;
    END IF;
    PERFORM pg_notify('outbox_answered', of_source || ':' || of_number);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION runtime.enqueue, runtime.note_outcome FROM PUBLIC;
GRANT USAGE ON SCHEMA runtime TO cse_runtime, cse_accounts, cse_ledger;
GRANT EXECUTE ON FUNCTION runtime.enqueue TO cse_runtime, cse_accounts, cse_ledger;
GRANT EXECUTE ON FUNCTION runtime.note_outcome TO cse_ledger;
GRANT SELECT (source, number, created_at, sequence, code, answered_at)
    ON runtime.outbox TO cse_runtime, cse_accounts, cse_ledger;
GRANT SELECT, UPDATE ON runtime.outbox_gate TO cse_ledger;
-- The pump, in the ledger's process, sends the commands on; `./cse verify` looks at the digests.
GRANT SELECT (command, digest) ON runtime.outbox TO cse_ledger;
GRANT SELECT ON runtime.outbox_sources TO cse_ledger;

-- migrate:down
DROP SCHEMA runtime CASCADE;
