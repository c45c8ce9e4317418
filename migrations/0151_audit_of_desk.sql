-- What operators do is recorded as well.

-- migrate:up
GRANT USAGE ON SCHEMA audit TO cse_desk;
GRANT INSERT (id, act, actor, actor_name, person, session, address, user_agent, target, refused, details)
    ON audit.events TO cse_desk;

-- migrate:down
REVOKE ALL ON SCHEMA audit FROM cse_desk;
REVOKE ALL ON audit.events FROM cse_desk;
