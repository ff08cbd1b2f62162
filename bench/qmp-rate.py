#!/usr/bin/env python3
"""QMP requests per second: `qapi qmp serve` beside a real QEMU, interleaved, one at a time.

Usage: npm run build && python3 bench/qmp-rate.py [qemu-system-x86_64]
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

REQUESTS = {
    "query-status": b'{"execute": "query-status"}\n',
    "query-migrate-parameters": b'{"execute": "query-migrate-parameters"}\n',
    "migrate-set-parameters": b'{"execute": "migrate-set-parameters", "arguments": '
    b'{"cpu-throttle-initial": 30, "max-bandwidth": 1000000, "downtime-limit": 400}}\n',
}
# The least the ratio to QEMU may be.
BUDGETS = {"query-status": 2.5, "query-migrate-parameters": 3.0, "migrate-set-parameters": 5.0}
AIMS = {"query-status": 3.4, "query-migrate-parameters": 5, "migrate-set-parameters": 8}
ROUNDS = 7
PER_ROUND = 2000


class Client:
    """A blocking client over a Unix socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        deadline = time.monotonic() + 10
        while True:
            try:
                self.socket.connect(path)
                break
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.replies = self.socket.makefile("rb")
        self.replies.readline()
        self.ask(b'{"execute": "qmp_capabilities"}\n')

    def ask(self, request):
        self.socket.sendall(request)
        return self.replies.readline()

    def rate(self, request, count):
        start = time.perf_counter()
        for _ in range(count):
            self.ask(request)
        return count / (time.perf_counter() - start)


def main():
    qemu = sys.argv[1] if len(sys.argv) > 1 else "qemu-system-x86_64"
    cli = os.path.join(os.path.dirname(__file__), "..", "dist", "cli.js")
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = os.path.join(folder, "ours"), os.path.join(folder, "qemu")
        servers = [
            subprocess.Popen([os.environ.get("NODE", "node"), cli, "qmp", "serve", "--socket", ours], stderr=subprocess.DEVNULL),
            subprocess.Popen(
                [qemu, "-M", "none", "-nodefaults", "-display", "none", "-qmp", f"unix:{theirs},server=on,wait=off"],
                stderr=subprocess.DEVNULL,
            ),
        ]
        try:
            clients = Client(ours), Client(theirs)
            failed = False
            for name, request in REQUESTS.items():
                for client in clients:
                    client.rate(request, PER_ROUND)
                rounds = [[client.rate(request, PER_ROUND) for client in clients] for _ in range(ROUNDS)]
                mine, qemus = (statistics.median(column) for column in zip(*rounds))
                ratios = [ours / theirs for ours, theirs in rounds]
                ratio = statistics.median(ratios)
                failed = failed or ratio < BUDGETS[name]
                print(f"{name}: {mine:.0f}/s, {qemus:.0f}/s from QEMU")
                spread = f"{ratio:.1f} × ({min(ratios):.1f}–{max(ratios):.1f})"
                print(f"| `{name}` per second | a real QEMU | {spread} | ≥ {BUDGETS[name]} × | {AIMS[name]} × |")
            sys.exit(1 if failed else 0)
        finally:
            for server in servers:
                server.kill()
                server.wait()


if __name__ == "__main__":
    main()
