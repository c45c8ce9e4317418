-- The audit log: what people, operators and services did outside the journal, chained and signed.

-- migrate:up
DO $$
DECLARE
    room text;
BEGIN
    FOREACH room IN ARRAY ARRAY['cse_audit', 'cse_audit_reads'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = room) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', room);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA audit;

-- One act, written in its transaction. No reference leads out of here: a row outlives what it is about.
CREATE TABLE audit.events (
    id uuid PRIMARY KEY,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    act text NOT NULL CHECK (act ~ '^[a-z_]+\.[a-z_]+$'),
    actor text NOT NULL CHECK (actor IN ('person', 'visitor', 'operator', 'service')),
    -- The person's id, the operator's login or the service; empty for a visitor.
    actor_name text NOT NULL,
    -- Whose account it concerns.
    person uuid,
    -- The sign-in within which it was done.
    session uuid,
    address text NOT NULL,
    user_agent text NOT NULL,
    -- What it was done to.
    target text NOT NULL,
    -- The code with which it was refused; empty where it was done.
    refused text NOT NULL,
    details jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
    written_by text NOT NULL DEFAULT current_user
);
CREATE INDEX events_person ON audit.events (person, id DESC) WHERE person IS NOT NULL;

-- Events that are committed and not chained yet. It is this table that gives the chain its order, so
-- that writers need no order among themselves and wait for nobody.
CREATE TABLE audit.unsealed (
    event uuid PRIMARY KEY
);

-- Positions are dense from 1. `digest` is over position, the digest before, and `event_digest`.
CREATE TABLE audit.chain (
    position bigint PRIMARY KEY CHECK (position > 0),
    event uuid NOT NULL UNIQUE,
    event_digest bytea NOT NULL CHECK (length(event_digest) = 32),
    digest bytea NOT NULL CHECK (length(digest) = 32)
);

-- Signed in the transaction that chains: the chain always ends at the last of these.
CREATE TABLE audit.checkpoints (
    position bigint PRIMARY KEY,
    digest bytea NOT NULL,
    signed_at timestamptz NOT NULL,
    signature bytea NOT NULL
);

CREATE FUNCTION audit.queue_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO audit.unsealed VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER queue_event AFTER INSERT ON audit.events
FOR EACH ROW EXECUTE FUNCTION audit.queue_event();

-- Grants keep rooms from it; this keeps the owner from it who forgets where he is.
CREATE FUNCTION audit.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'audit.% is added to and never changed', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['events', 'chain', 'checkpoints'] LOOP
        EXECUTE format(
            'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', kept
        );
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION audit.queue_event, audit.refuse_change FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO cse_audit, cse_audit_reads, cse_accounts, cse_faucet, cse_creators, cse_runtime;
-- Not the time nor who wrote it: those are the server's to say.
GRANT INSERT (id, act, actor, actor_name, person, session, address, user_agent, target, refused, details)
    ON audit.events TO cse_accounts, cse_faucet, cse_creators, cse_runtime;
GRANT SELECT ON audit.events TO cse_audit, cse_audit_reads;
GRANT SELECT ON audit.chain TO cse_audit_reads;
GRANT SELECT, INSERT ON audit.chain, audit.checkpoints TO cse_audit;
GRANT SELECT, DELETE ON audit.unsealed TO cse_audit;

-- migrate:down
DROP SCHEMA audit CASCADE;
