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
CREATE TABLE runtime.outbox_source (
    source integer PRIMARY KEY CHECK (source > 0),
    name text NOT NULL UNIQUE,
    last_number bigint NOT NULL DEFAULT 0
);

INSERT INTO runtime.outbox_source (source, name)
VALUES (1, 'genesis'), (2, 'accounts'), (3, 'faucet'), (4, 'admin');

CREATE TABLE runtime.outbox (
    source integer NOT NULL REFERENCES runtime.outbox_source,
    number bigint NOT NULL CHECK (number > 0),
    -- NULL in a row that was found in the event log and not here: its outcome is known, it is not.
    command bytea,
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

-- Rooms enqueue through this and cannot write the tables.
CREATE FUNCTION runtime.enqueue(to_source integer, of_command bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    taken bigint;
BEGIN
    UPDATE runtime.outbox_source SET last_number = last_number + 1
    WHERE source = to_source RETURNING last_number INTO taken;
    IF taken IS NULL THEN
        RAISE EXCEPTION 'there is no outbox %', to_source;
    END IF;
    INSERT INTO runtime.outbox (source, number, command) VALUES (to_source, taken, of_command);
    PERFORM pg_notify('outbox_enqueued', to_source::text);
    RETURN taken;
END
$$;

-- The ledger notes outcomes through this. A row that is not here (the database is younger than the
-- journal) is noted with its outcome, and the counter goes on behind it.
CREATE FUNCTION runtime.note_outcome(
    of_source integer, of_number bigint, at_sequence bigint, with_code integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE runtime.outbox
    SET sequence = at_sequence, code = with_code, answered_at = now()
    WHERE source = of_source AND number = of_number;
    IF NOT FOUND THEN
        INSERT INTO runtime.outbox_source (source, name) VALUES (of_source, of_source::text)
        ON CONFLICT DO NOTHING;
        INSERT INTO runtime.outbox (source, number, sequence, code, answered_at)
        VALUES (of_source, of_number, at_sequence, with_code, now());
        UPDATE runtime.outbox_source SET last_number = greatest(last_number, of_number)
        WHERE source = of_source;
    END IF;
    PERFORM pg_notify('outbox_answered', of_source || ':' || of_number);
END
$$;

REVOKE ALL ON FUNCTION runtime.enqueue, runtime.note_outcome FROM PUBLIC;
GRANT USAGE ON SCHEMA runtime TO cse_runtime, cse_accounts, cse_ledger;
GRANT EXECUTE ON FUNCTION runtime.enqueue TO cse_runtime, cse_accounts, cse_ledger;
GRANT EXECUTE ON FUNCTION runtime.note_outcome TO cse_ledger;
GRANT SELECT (source, number, created_at, sequence, code, answered_at)
    ON runtime.outbox TO cse_runtime, cse_accounts, cse_ledger;
-- The pump, in the ledger's process, sends the commands on.
GRANT SELECT (command) ON runtime.outbox TO cse_ledger;
GRANT SELECT ON runtime.outbox_source TO cse_ledger;

-- migrate:down
DROP SCHEMA runtime CASCADE;
