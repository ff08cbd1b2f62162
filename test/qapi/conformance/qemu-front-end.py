"""QEMU's own front end as a service: one schema path a line on stdin, one JSON answer a line on stdout.

An answer has `out` (what tests/qapi-schema/test-qapi.py prints) or `err` (the text of the error), or
`crash` where QEMU's tool itself fails. QEMU_SRC names the source tree.
"""

import contextlib
import importlib.util
import io
import json
import os
import sys

source = os.environ["QEMU_SRC"]
sys.path.insert(0, os.path.join(source, "scripts"))
spec = importlib.util.spec_from_file_location(
    "test_qapi", os.path.join(source, "tests", "qapi-schema", "test-qapi.py"))
test_qapi = importlib.util.module_from_spec(spec)
spec.loader.exec_module(test_qapi)

answers = sys.stdout
for line in sys.stdin:
    text = io.StringIO()
    try:
        with contextlib.redirect_stdout(text):
            test_qapi.test_frontend(line.rstrip("\n"))
        answer = {"out": text.getvalue()}
    except test_qapi.QAPIError as error:
        answer = {"err": str(error)}
    except Exception as error:  # pylint: disable=broad-except
        answer = {"crash": repr(error)}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
