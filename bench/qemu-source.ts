import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** An unpacked QEMU source tree, named by `QEMU_SRC`; a benchmark without it ends here. */
export const qemuSource = process.env["QEMU_SRC"] ?? "";

/** Where its Python modules are. */
export const qemuScripts = join(qemuSource, "scripts");

export const python = process.env["PYTHON"] ?? "/usr/bin/python3";

/** Our program, as built. */
export const cli = fileURLToPath(new URL("../dist/cli/qapi.cjs", import.meta.url));

if (!existsSync(join(qemuScripts, "qapi", "schema.py"))) {
  console.error("set QEMU_SRC to a QEMU source tree");
  process.exit(2);
}
