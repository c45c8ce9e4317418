"""The native module that is built with faults on purpose, one of which may be chosen.

`./cse test` builds it where it runs these tests and says in `CSE_MUTANTS` where it lies.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any, TypeAlias

Module: TypeAlias = Any
"""`cse.engine._native` with `faults` and `choose_fault`."""

NAME = "mutants._native"
"""Its last part names the function by which the module begins."""


@cache
def module() -> Module:
    """Loads it, once.

    Raises:
        KeyError: nobody said where it lies.
    """
    file = os.environ["CSE_MUTANTS"]
    loader = ExtensionFileLoader(NAME, file)
    specification = spec_from_file_location(NAME, file, loader=loader)
    assert specification is not None
    loaded = module_from_spec(specification)
    loader.exec_module(loaded)
    return loaded


@contextmanager
def chosen(fault: str) -> Iterator[None]:
    """The module's cores have that fault, and afterwards none."""
    module().choose_fault(fault)
    try:
        yield
    finally:
        module().choose_fault("")
