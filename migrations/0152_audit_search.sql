-- What operators search the audit log by, and how much of it waits to be chained.

-- migrate:up
CREATE INDEX events_actor ON audit.events (actor_name, id DESC) WHERE actor_name <> '';
CREATE INDEX events_act ON audit.events (act, id DESC);
CREATE INDEX events_target ON audit.events (target, id DESC) WHERE target <> '';
GRANT SELECT ON audit.unsealed, audit.checkpoints TO cse_audit_reads;

-- migrate:down
REVOKE SELECT ON audit.unsealed, audit.checkpoints FROM cse_audit_reads;
DROP INDEX audit.events_target, audit.events_act, audit.events_actor;
