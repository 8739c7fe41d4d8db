"""Runs a program and writes what it cost, as the kernel counted it for that one process.

usage: timed.py RESULT.json STDOUT PROGRAM [ARGUMENT ...]

wait4 gives user and system time and the peak of resident memory exactly; asking now and then would miss the end.
"""
import json
import os
import sys
import time

result, stdout, argv = sys.argv[1], sys.argv[2], sys.argv[3:]
to_file = [(os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
start = time.monotonic()
pid = os.posix_spawnp(argv[0], argv, os.environ, file_actions=to_file)
_, status, usage = os.wait4(pid, 0)
wall = time.monotonic() - start
with open(result, "w", encoding="utf-8") as file:
    json.dump(
        {
            "wallMs": wall * 1000,
            "cpuMs": (usage.ru_utime + usage.ru_stime) * 1000,
            "peakMiB": usage.ru_maxrss / 1024,
            "status": os.waitstatus_to_exitcode(status),
        },
        file,
    )
