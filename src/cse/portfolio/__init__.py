"""What an account's holdings cost, brought in and are worth, out of the ledger's entries."""
