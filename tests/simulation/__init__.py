"""Leader, replica, ledger position and clients on a simulated disk, network and clock.

One seed decides everything: when messages arrive, what crashes, what the disk loses. The same seed
gives the same run. `world` has time and chance, `disk`, `rot` and `network` the faults, the processes
and `traders` who runs, `auditor` what must hold, `run` puts them together.
"""
