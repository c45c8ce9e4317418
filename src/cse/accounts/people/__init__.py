"""Persons as operators find and freeze them."""
