-- Commands that the core refused, for operators to look at.

-- migrate:up
CREATE INDEX outbox_refused ON runtime.outbox (answered_at DESC) WHERE code <> 0;
CREATE INDEX mail_queue_failed ON accounts.mail_queue (created_at DESC) WHERE outcome <> 'sent';
GRANT SELECT (source, name) ON runtime.outbox_sources TO cse_desk;

-- migrate:down
REVOKE SELECT (source, name) ON runtime.outbox_sources FROM cse_desk;
DROP INDEX accounts.mail_queue_failed;
DROP INDEX runtime.outbox_refused;
