"""Becomes another program that ends when its parent does, however the parent ended.

Run as a script: `launch.py PARENT SIGNAL PROGRAM [ARGUMENT...]`. The kernel sends SIGNAL to this
process when PARENT is gone, and keeps that promise across the exec, so that a supervisor killed
outright leaves no service behind. It is a program of its own because a forked interpreter with
threads may not safely run Python between fork and exec.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Makes the promise, then becomes the program."""
    parent, signal_number, *command = sys.argv[1:]
    # A session of its own: Ctrl-C at the terminal reaches the supervisor alone.
    os.setsid()
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal_number)) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    # The parent may have gone before the promise was made.
    if os.getppid() != int(parent):
        sys.exit("the supervisor is gone")
    # Python ignores SIGPIPE, and an ignored signal stays ignored across the exec.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
