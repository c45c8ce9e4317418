"""Organisations: owners of accounts for which several persons act, by roles and with approvals."""
