"""
From the start of the monitor to its first prompt, on a terminal, beside `node -e 0`:

    npm run build && python3 bench/first-prompt.py [ROUNDS]

Whole cold processes in turns. `NODE` names another node. Exits 1 when the median ratio is over budget.
"""

import os
import pty
import statistics
import sys
import time
from pathlib import Path

BUDGET = 2.0
PROGRAM = Path(__file__).parent.parent / "dist" / "cli" / "qapi.cjs"
NODE = os.environ.get("NODE", "node")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 25


def run(arguments, until):
    """Wall-clock and processor seconds of a program, up to where it has printed something, or to its end."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(NODE, [NODE, *arguments])
    printed = b""
    try:
        while until is None or until not in printed:
            chunk = os.read(terminal, 65536)
            if not chunk:
                break
            printed += chunk
    except OSError:  # How Linux says that nothing more will come.
        pass
    wall = time.perf_counter() - start
    if until is not None:
        if until not in printed:
            sys.exit(f"no prompt came: {printed!r}")
        os.kill(child, 9)
    _, _, used = os.wait4(child, 0)
    os.close(terminal)
    return wall, used.ru_utime + used.ru_stime


bare, monitor = [], []
for turn in range(-1, ROUNDS):
    one = run(["-e", "0"], None)
    other = run([str(PROGRAM), "hmp"], b"(qemu) ")
    if turn >= 0:
        bare.append(one)
        monitor.append(other)

for column, what in enumerate(["wall clock", "processor"]):
    print(
        f"{what:<10}  node -e 0 {statistics.median(row[column] for row in bare):.3f} s,"
        f" first prompt {statistics.median(row[column] for row in monitor):.3f} s,"
        f" ratio {statistics.median(m[column] / b[column] for m, b in zip(monitor, bare)):.2f}"
    )
ratios = [m[0] / b[0] for m, b in zip(monitor, bare)]
ratio = statistics.median(ratios)
spread = f"{ratio:.2f} × ({min(ratios):.2f}–{max(ratios):.2f})"
print(f"| the monitor's first prompt | `node -e 0` | {spread} | ≤ {BUDGET:.0f} × | 1.3 × |", flush=True)
sys.exit(1 if ratio > BUDGET else 0)
