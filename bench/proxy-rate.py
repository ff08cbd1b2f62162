#!/usr/bin/env python3
"""QMP requests per second through `qapi qmp proxy` beside the same QEMU without it, interleaved, one at a time.

Usage: npm run build && python3 bench/proxy-rate.py [qemu-system-x86_64]
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
}
# The least the ratio may be.
BUDGET = 0.6
ROUNDS = 7
PER_ROUND = 1000


def rate(path, request):
    """Requests per second of one connection; QEMU has one client at a time."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        stream = client.makefile("rb")
        stream.readline()
        client.sendall(b'{"execute": "qmp_capabilities"}\n')
        stream.readline()
        begin = time.perf_counter()
        for _ in range(PER_ROUND):
            client.sendall(request)
            stream.readline()
        return PER_ROUND / (time.perf_counter() - begin)


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.05)


def main():
    qemu = sys.argv[1] if len(sys.argv) > 1 else "qemu-system-x86_64"
    program = os.path.join(os.path.dirname(__file__), "..", "dist", "cli.js")
    worst = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        direct, through = os.path.join(folder, "vm.qmp"), os.path.join(folder, "proxy.qmp")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        options = ["-machine", "none", "-display", "none", "-S", "-qmp", f"unix:{direct},server=on,wait=off"]
        with subprocess.Popen([qemu, *options], **quiet) as machine:
            wait_for(direct)
            with subprocess.Popen([os.environ.get("NODE", "node"), program, "qmp", "proxy", direct, "--listen", through], **quiet) as proxy:
                wait_for(through)
                for name, request in REQUESTS.items():
                    ratios = []
                    for _ in range(ROUNDS):
                        alone = rate(direct, request)
                        ratios.append(rate(through, request) / alone)
                    ratio = statistics.median(ratios)
                    worst = min(worst, ratio)
                    spread = f"{ratio:.2f} × ({min(ratios):.2f}–{max(ratios):.2f})"
                    print(f"| `{name}` through `qmp proxy` | without it | {spread} | ≥ {BUDGET} × | 0.8 × |", flush=True)
                proxy.terminate()
            machine.kill()
    return 0 if worst >= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
