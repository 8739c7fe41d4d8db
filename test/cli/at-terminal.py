"""Runs a command at a terminal of its own and types each answer when its question is on the screen.

at-terminal.py '[["question", "answer"], …]' COMMAND…: prints all that the screen showed; ends as the command ends.
"""
import json, os, pty, select, sys, time

script, command = json.loads(sys.argv[1]), sys.argv[2:]
pid, screen = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown, seen, until = b"", 0, time.time() + 120
while time.time() < until:
    if select.select([screen], [], [], 0.1)[0]:
        try:
            part = os.read(screen, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    if script and script[0][0].encode() in shown[seen:]:
        seen = len(shown)
        # The program shows its question before it stops the echo of the keys.
        time.sleep(0.2)
        os.write(screen, script.pop(0)[1].encode() + b"\r")
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if time.time() < until else 99)
