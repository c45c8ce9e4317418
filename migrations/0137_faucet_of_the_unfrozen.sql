-- The faucet asks whether a person is frozen, and sees nothing else of persons.

-- migrate:up
-- A closed person is frozen too. Who freezes or closes them waits until the transaction that asked ends.
CREATE FUNCTION faucet.hold_unfrozen(of_person uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM FROM accounts.persons WHERE id = of_person AND frozen_at IS NULL FOR SHARE;
    RETURN FOUND;
END
$$;

REVOKE ALL ON FUNCTION faucet.hold_unfrozen FROM PUBLIC;
GRANT EXECUTE ON FUNCTION faucet.hold_unfrozen TO cse_faucet;

-- migrate:down
DROP FUNCTION faucet.hold_unfrozen;
