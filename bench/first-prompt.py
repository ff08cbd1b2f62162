#!/usr/bin/env python3
"""From the start of `qapi hmp` on a terminal to its first prompt, beside `node -e 0`, in turns.

Usage: npm run build && python3 bench/first-prompt.py [ROUNDS]
"""

import os
import pty
import signal
import statistics
import subprocess
import sys
import time

NODE = os.environ.get("NODE", "node")
CLI = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "dist", "cli.js")


def first_prompt():
    """Seconds until the prompt is there."""
    begin = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(NODE, [NODE, CLI, "hmp"])
    shown = b""
    while b"(qemu)" not in shown:
        shown += os.read(terminal, 4096)
    seconds = time.perf_counter() - begin
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(terminal)
    return seconds


def start_alone():
    begin = time.perf_counter()
    subprocess.run([NODE, "-e", "0"], check=True)
    return time.perf_counter() - begin


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    first_prompt(), start_alone()
    ratios = [first_prompt() / start_alone() for _ in range(rounds)]
    spread = f"{statistics.median(ratios):.2f} × ({min(ratios):.2f}–{max(ratios):.2f})"
    print(f"| monitor to first prompt | `node -e 0` | {spread} | ≤ 2 × | 1.3 × |")


if __name__ == "__main__":
    main()
