-- What the simulated provider of a demo was given, and will answer.

-- migrate:up
CREATE TABLE accounts.simulated_checks (
    verification uuid PRIMARY KEY,
    verdict text NOT NULL CHECK (verdict IN ('approved', 'refused', 'unsure')),
    reason text,
    answers_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, DELETE ON accounts.simulated_checks TO cse_accounts;
-- Rows are taken under a lock, which needs the right to change one.
GRANT UPDATE (answers_at) ON accounts.simulated_checks TO cse_accounts;

-- migrate:down
DROP TABLE accounts.simulated_checks;
