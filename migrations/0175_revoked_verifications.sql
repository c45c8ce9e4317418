-- Approvals that are taken back: a level that was reached is lost again.

-- migrate:up
ALTER TABLE accounts.verifications
    DROP CONSTRAINT verifications_state_check,
    DROP CONSTRAINT verifications_check3,
    DROP CONSTRAINT never_ones_own;
ALTER TABLE accounts.verifications
    ADD CONSTRAINT verifications_state_check
        CHECK (state IN ('draft', 'pending', 'approved', 'refused', 'revoked', 'withdrawn', 'expired')),
    ADD CONSTRAINT verifications_check3 CHECK ((state IN ('refused', 'revoked')) = (reason IS NOT NULL)),
    -- Whatever a service thinks: nobody decides about themselves.
    ADD CONSTRAINT never_ones_own CHECK (
        state NOT IN ('approved', 'refused', 'revoked') OR decided_by IS DISTINCT FROM person::text);

-- migrate:down
ALTER TABLE accounts.verifications
    DROP CONSTRAINT verifications_state_check,
    DROP CONSTRAINT verifications_check3,
    DROP CONSTRAINT never_ones_own;
UPDATE accounts.verifications SET state = 'refused' WHERE state = 'revoked';
ALTER TABLE accounts.verifications
    ADD CONSTRAINT verifications_state_check
        CHECK (state IN ('draft', 'pending', 'approved', 'refused', 'withdrawn', 'expired')),
    ADD CONSTRAINT verifications_check3 CHECK ((state = 'refused') = (reason IS NOT NULL)),
    ADD CONSTRAINT never_ones_own CHECK (
        state NOT IN ('approved', 'refused') OR decided_by IS DISTINCT FROM person::text);
