import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { qemuVersion, RealQemu } from "../client/qemu.js";
import { runCommand } from "../support/cli-run.js";
import { corpus } from "../support/shared-data.js";

describe.skipIf(qemuVersion === undefined)("the shell at a real QEMU", () => {
  let machine: RealQemu | undefined;
  afterEach(async () => {
    await machine?.end();
  });

  const run = async (args: readonly string[], lines: readonly string[]) => {
    machine = new RealQemu(["-M", "none"]);
    await (await machine.connect()).close();
    const argv = args.map((word) => word.replace("SOCKET", machine?.socket ?? ""));
    return runCommand((context) => runProgram(argv, context), { stdin: `${lines.join("\n")}\n` });
  };

  const lines = [
    "blockdev-add driver=null-co node-name=disk size=18446744073709551615",
    "blockdev-add driver=null-co node-name=disk sise=1",
    "object-add qom-type=iothread id=thread poll-max-ns=32768",
    'qom-get path=/objects/thread property="poll-max-ns"',
    "stop",
    "quit",
  ];
  const output =
    "GenericError: Invalid parameter type for 'size', expected: integer\n" +
    "blockdev-add driver=null-co node-name=disk sise=1\n" +
    `${" ".repeat(43)}^^^^^^ 'sise' is not expected here; did you mean 'size'?\n` +
    '{}\n32768\n-- STOP\n{}\n-- SHUTDOWN {"guest": false, "reason": "host-qmp-quit"}\n{}\n';

  it("checks by what the QEMU says of itself", async () => {
    expect(await run(["qmp", "shell", "SOCKET"], lines)).toEqual({ status: 1, stderr: "", stdout: output });
  });

  it.skipIf(corpus === undefined)("checks by QEMU's own schema", async () => {
    const schema = join(corpus ?? "", "qemu-7.2/qapi/qapi-schema.json");
    expect(await run(["qmp", "shell", "SOCKET", "--schema", schema], lines)).toMatchObject({
      stdout: output,
    });
  });

  it("is its monitor", async () => {
    expect(await run(["hmp", "--connect", "SOCKET"], ["info status", "info nosuch", "quit"])).toEqual({
      status: 0,
      stderr: "",
      stdout: "VM status: running\nunknown command: 'info nosuch'\n",
    });
  });
});
