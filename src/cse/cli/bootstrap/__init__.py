"""Sets the exchange up before anything of it can run: the standard library alone is used here.

What is made lies in one home: `.cse` in the clone, or `/var/lib/cs-exchange/runtime` when root
starts it, because the services then run as a user who may not read the clone. A home holds
`environments/<key>` (a virtual environment with pinned packages), `builds/<key>` (the project and
its native module), `web/<key>` (the web app) and `interpreters/<key>`. A key is a hash of all that a
directory was made from, so what is there is up to date by its name, and two clones on one machine
never disturb each other.
"""
