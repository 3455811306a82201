#!/usr/bin/env python3
"""Runs a command; prints its wall time, CPU time and peak memory as the operating system accounts them."""
import os
import subprocess
import sys
import time

start = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(f"{time.monotonic() - start:.2f} s wall, {usage.ru_utime + usage.ru_stime:.2f} s CPU, "
      f"{usage.ru_maxrss / 1024:.0f} MiB peak")
sys.exit(os.waitstatus_to_exitcode(status))
