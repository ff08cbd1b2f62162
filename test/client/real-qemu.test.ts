import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { compileSchema, generate, type JsonValue } from "../../src/index.js";
import type { Qapi } from "../../src/visitor/index.js";
import {
  connect,
  humanMonitor,
  JobError,
  migrate,
  MigrationError,
  QmpError,
  waitForJob,
} from "../../src/client/index.js";
import { importGenerated, writeGenerated } from "../support/generated-modules.js";
import { corpus } from "../support/shared-data.js";
import { busyBios, qemuVersion, RealQemu } from "./qemu.js";

const machines: RealQemu[] = [];

function start(args: readonly string[]): RealQemu {
  const machine = new RealQemu(args);
  machines.push(machine);
  return machine;
}

afterEach(async () => {
  for (const machine of machines.splice(0)) await machine.end();
});

/** The value `qapi` of a library generated from one of QEMU's own schemas. */
async function libraryOf(version: string): Promise<Qapi<Record<string, Types>, Record<string, unknown>>> {
  const { schema } = compileSchema(join(corpus ?? "", version, "qapi/qapi-schema.json"), {
    docRules: "lenient",
  });
  const folder = writeGenerated(generate(schema!, { products: ["types", "visitors", "commands", "events"] }));
  return (await importGenerated(folder, "index.ts"))["qapi"] as Awaited<ReturnType<typeof libraryOf>>;
}

interface Types {
  readonly arguments: object | undefined;
  readonly returns: JsonValue;
}

const bare = ["-M", "none"];
/** A machine with something of most kinds, so that replies have something in them. */
const furnished = [
  ...[
    "-M",
    "pc,accel=tcg",
    "-m",
    "64,slots=2,maxmem=256M",
    "-smp",
    "2,maxcpus=4",
    "-S",
    "-name",
    "furnished",
  ],
  ...["-device", "virtio-balloon", "-device", "vmgenid,guid=auto", "-device", "virtio-rng-pci"],
  ...["-blockdev", "null-co,node-name=disk,size=1048576", "-device", "virtio-blk-pci,drive=disk"],
  ...["-chardev", "null,id=serial", "-device", "isa-serial,chardev=serial"],
  ...["-netdev", "user,id=net", "-device", "e1000,netdev=net", "-vnc", "none", "-device", "VGA"],
  ...["-object", "memory-backend-ram,id=extra,size=8M", "-object", "iothread,id=thread"],
];

/** Commands that cannot answer on these machines, and why. */
const refusals: Readonly<Record<string, string>> = {
  "query-acpi-ospm-status": "no such device in the bare machine",
  "query-balloon": "no such device in the bare machine",
  "query-hotpluggable-cpus": "the bare machine has no processors",
  "query-sev-capabilities": "needs AMD's SEV",
  "query-sev-launch-measure": "needs AMD's SEV",
  "query-sgx": "needs Intel's SGX",
  "query-sgx-capabilities": "needs Intel's SGX",
  "query-vm-generation-id": "no such device in the bare machine",
};

describe.skipIf(qemuVersion === undefined || corpus === undefined)("replies of a real QEMU", () => {
  /** All query commands that need no argument. */
  const queries = (schema: Awaited<ReturnType<typeof libraryOf>>): string[] =>
    Object.entries(schema.commands)
      .filter(([name]) => name.startsWith("query-"))
      .filter(
        ([, { arguments: type }]) => ![...(type?.members.values() ?? [])].some((member) => !member.optional),
      )
      .map(([name]) => name);

  const askAll = async (
    machine: RealQemu,
    schema: Awaited<ReturnType<typeof libraryOf>>,
    strict: boolean,
  ) => {
    const client = await machine.connect({ schema, strict });
    const outcome: { readonly decoded: string[]; readonly refused: string[]; readonly unfit: string[] } = {
      decoded: [],
      refused: [],
      unfit: [],
    };
    for (const name of queries(schema)) {
      try {
        await client.execute(name);
        outcome.decoded.push(name);
      } catch (error) {
        if (error instanceof QmpError)
          outcome.refused.push(error.class === "CommandNotFound" ? `no ${name}` : name);
        else outcome.unfit.push(String(error));
      }
    }
    await client.close();
    return outcome;
  };

  it.skipIf(!qemuVersion?.startsWith("7.2."))("decode strictly by its own schema", async () => {
    const schema = await libraryOf("qemu-7.2");
    for (const args of [bare, furnished]) {
      const { decoded, refused, unfit } = await askAll(start(args), schema, true);
      expect(unfit).toEqual([]);
      expect(refused.filter((name) => !name.startsWith("no ") && refusals[name] === undefined)).toEqual([]);
      process.stderr.write(`${decoded.length} replies decode strictly, ${refused.length} commands refuse\n`);
      expect(decoded.length).toBeGreaterThanOrEqual(50);
    }
  });

  it("decode tolerantly by the schema of another QEMU", async () => {
    const schema = await libraryOf("qemu-10.2.2");
    for (const args of [bare, furnished]) {
      const { decoded, unfit } = await askAll(start(args), schema, false);
      expect(unfit).toEqual([]);
      expect(decoded.length).toBeGreaterThan(45);
    }
  });
});

describe.skipIf(qemuVersion === undefined)("a real QEMU", () => {
  it("is spoken to over the stdio of its process", async () => {
    const qemu = spawn("qemu-system-x86_64", [...bare, "-nodefaults", "-display", "none", "-qmp", "stdio"]);
    const client = await connect({ input: qemu.stdout, output: qemu.stdin });
    expect(await client.execute("query-status")).toMatchObject({ running: true });
    const exited = new Promise((resolve) => qemu.once("exit", resolve));
    await client.execute("quit");
    await client.close();
    expect(await exited).toBe(0);
  });

  it("tells of events, runs commands out of band, and lines of its monitor", async () => {
    const client = await start(bare).connect();
    expect(client.hasOob).toBe(true);
    const stopped = client.waitForEvent({ names: ["STOP"] });
    await client.execute("stop");
    expect((await stopped).timestamp.seconds).toBeGreaterThan(1_600_000_000n);
    await expect(client.executeOob("migrate-pause")).rejects.toMatchObject({ class: "GenericError" });
    await expect(client.executeOob("query-status")).rejects.toThrow("does not support OOB");
    expect(await humanMonitor(client, "info status")).toEqual({
      output: "VM status: paused\n",
      failed: false,
    });
    expect(await humanMonitor(client, "stop")).toEqual({ output: "", failed: false });
    for (const line of ["infos", "migrate", "migrate_set_capability auto-converge maybe", "help nosuch"])
      expect(await humanMonitor(client, line), line).toMatchObject({ failed: true });
    await client.close();
  });

  it("whose socket is taken is said to be likely so", async () => {
    const machine = start(bare);
    const client = await machine.connect();
    const options = { connectTimeout: 50 };
    await expect(connect(machine.socket, options)).rejects.toThrow(/the greeting of QMP; .*likely taken/);
    // More than the system lets wait are turned away at once.
    const others = Array.from({ length: 8 }, () =>
      connect(machine.socket, options).catch((error: unknown) => error),
    );
    for (const error of await Promise.all(others)) expect((error as Error).message).toContain("likely taken");
    await client.close();
  });

  it("keeps the order of many commands at once", async () => {
    const client = await start(bare).connect();
    const lines = Array.from({ length: 200 }, (_, index) => humanMonitor(client, `help nosuch${index}`));
    for (const [index, { output }] of (await Promise.all(lines)).entries())
      expect(output).toContain(`nosuch${index}`);
    await client.close();
  });

  it("is killed while commands are under way", async () => {
    const machine = start(bare);
    const client = await machine.connect();
    const all = Array.from({ length: 50 }, () => client.execute("query-qmp-schema"));
    machine.kill();
    const settled = await Promise.allSettled(all);
    expect(settled.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    await client.close();
  });

  it("serves one client at a time: the second is told in time", async () => {
    const machine = start(bare);
    const client = await machine.connect();
    await expect(connect(machine.socket, { connectTimeout: 200 })).rejects.toThrow("the greeting of QMP");
    await client.close();
  });

  it("is waited for until a job ends", async () => {
    const machine = start(bare);
    const client = await machine.connect();
    const create = (id: string, filename: string) =>
      client.execute("blockdev-create", {
        "job-id": id,
        options: { driver: "file", filename, size: 1_048_576 },
      });
    await create("good", machine.file("image"));
    expect(await waitForJob(client, "good", { timeout: 5000 })).toMatchObject({ status: "concluded" });
    await client.execute("job-dismiss", { id: "good" });
    expect(await waitForJob(client, "good")).toBeUndefined();
    await create("bad", "/nowhere/at/all");
    await expect(waitForJob(client, "bad", { timeout: 5000 })).rejects.toThrow(JobError);
    await client.close();
  });

  it("migrates to another one under auto-converge", { timeout: 60_000 }, async () => {
    const files = start(bare);
    const bios = files.file("bios", busyBios());
    const link = `unix:${files.file("link")}`;
    const machine = ["-M", "pc,accel=tcg", "-m", "16", "-bios", bios];
    const from = await start(machine).connect();
    const to = await start([...machine, "-incoming", link]).connect();
    await from.execute("migrate-set-capabilities", {
      capabilities: [{ capability: "auto-converge", state: true }],
    });
    // Slower than the guest writes, until it has been throttled.
    await from.execute("migrate-set-parameters", { "max-bandwidth": 400_000, "downtime-limit": 1 });

    const resumed = to.waitForEvent({ names: ["RESUME"] });
    const percentages = new Set<number | undefined>();
    const statuses = new Set<string>();
    for await (const progress of migrate(from, { to: link, interval: 50 })) {
      const { status, throttlePercentage, total = 0n, remaining = 0n } = progress;
      statuses.add(status);
      expect(remaining).toBeLessThanOrEqual(total);
      if (throttlePercentage !== undefined && percentages.size === 1)
        await from.execute("migrate-set-parameters", { "max-bandwidth": 2n ** 33n, "downtime-limit": 2000 });
      percentages.add(throttlePercentage);
    }
    expect([...statuses].at(-1)).toBe("completed");
    expect([...percentages].slice(0, 2)).toEqual([undefined, 20]);
    await resumed;
    expect(await to.execute("query-status")).toMatchObject({ running: true });
    expect(await from.execute("query-status")).toMatchObject({ status: "postmigrate" });
  });

  it("says why a migration fails", async () => {
    const client = await start(["-M", "pc,accel=tcg", "-m", "16", "-S"]).connect();
    const following = (async () => {
      for await (const { status } of migrate(client, { to: "unix:/nowhere/at/all", interval: 20 }))
        expect(["setup", "failed"]).toContain(status);
    })();
    await expect(following).rejects.toThrow(MigrationError);
    await expect(following).rejects.toThrow("migration failed: Failed to connect to '/nowhere/at/all'");
    await client.close();
  });
});
