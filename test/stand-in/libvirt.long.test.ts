import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../src/client/index.js";
import { checkLog } from "../../src/conformance/check-log.js";
import { readLogText } from "../../src/conformance/read-log.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { isJsonObject, type JsonValue, writeJson } from "../../src/json/index.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { serve } from "../../src/server/index.js";
import { libvirt, libvirtReplies } from "../support/shared-data.js";

const run = promisify(execFile);
const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
/** libvirt's daemon is the whole machine's, and wants to be root's. */
const canProbe =
  libvirt !== undefined &&
  process.getuid?.() === 0 &&
  ["libvirtd", "virsh", "qemu-system-x86_64"].every(has) &&
  existsSync("dist/cli.js");
if (!canProbe)
  process.stderr.write("not at hand, its probes are skipped: libvirt (QAPI_LIBVIRT) with QEMU\n");
if (libvirtReplies === undefined)
  process.stderr.write("not at hand, their replay is skipped: libvirt's records (QAPI_LIBVIRT_REPLIES)\n");

const folder = mkdtempSync(join(tmpdir(), "qapi-libvirt-"));
// libvirt's emulator need not be the one who made the folder.
chmodSync(folder, 0o755);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The commands of a record, and those of them to which its stand-in answers otherwise. */
async function replayed(path: string): Promise<{ asked: string[]; different: string[] }> {
  const { schema } = await readSchema(path);
  if (schema === undefined) throw new Error(`${path} tells of a schema`);
  const text = readFileSync(path, "utf8");
  const messages = [...readLogText(text)].map(({ message }) => message).filter(isJsonObject);
  const server = await serve({ schema, replies: text, listen: join(folder, "replayed") });
  const client = await connect(server.address);
  const asked: string[] = [];
  const different: string[] = [];
  for (const [at, { execute, arguments: args = {}, id = null }] of messages.entries()) {
    // The client has negotiated.
    if (typeof execute !== "string" || !isJsonObject(args) || execute === "qmp_capabilities") continue;
    const answer = messages
      .slice(at)
      .find(
        (each) => ("return" in each || "error" in each) && writeJson(each["id"] ?? null) === writeJson(id),
      );
    const reply = await client.executeRaw(execute, args).catch((error: unknown) => {
      const { class: kind, message } = error as { class: string; message: string };
      return { class: kind, desc: message };
    });
    const recorded = canonical(answer?.["return"] ?? answer?.["error"] ?? null);
    asked.push(execute);
    if (canonical(reply) !== recorded) different.push(`${execute} ${recorded.slice(0, 200)}`);
  }
  await client.close();
  await server.close();
  return { asked, different };
}

function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return writeJson(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${writeJson(name)}:${canonical(value[name] ?? null)}`).join()}}`;
}

describe.skipIf(!canProbe)("libvirt", () => {
  let daemon: number | undefined;
  beforeAll(async () => {
    const { stdout } = await run(join(libvirt ?? "", "up"), [join(folder, "daemon.log")]);
    daemon = Number(stdout);
  });
  afterAll(() => {
    if (daemon !== undefined) process.kill(daemon);
  });

  /** What libvirt says that an emulator can do, which it finds out anew. */
  async function capabilities(mode: string, settings: Readonly<Record<string, string>>): Promise<string> {
    const place = join(folder, mode);
    mkdirSync(place);
    copyFileSync(join(libvirt ?? "", "emulator"), join(place, "emulator"));
    const lines = Object.entries({ MODE: mode, ...settings }).map(([name, value]) => `${name}="${value}"\n`);
    writeFileSync(join(place, "emulator.conf"), lines.join(""));
    rmSync("/var/cache/libvirt/qemu/capabilities", { recursive: true, force: true });
    const emulator = join(place, "emulator");
    const { stdout } = await run("virsh", [
      ...["-c", "qemu:///system", "domcapabilities"],
      ...["--emulatorbin", emulator, "--virttype", "qemu", "--arch", "x86_64"],
    ]);
    return stdout.replace(emulator, "EMULATOR");
  }

  it("learns the same of a QEMU, of one behind the proxy, and of none at all", async () => {
    const QAPI = `${process.execPath} ${resolve("dist/cli.js")}`;
    const TAPE = join(folder, "tape");
    const real = await capabilities("real", {});
    expect(real.split("\n").length).toBeGreaterThan(200);
    expect(await capabilities("proxy", { QAPI, TAPE })).toBe(real);
    expect(await capabilities("replay", { QAPI, TAPE, SCHEMA: `${TAPE}.0` })).toBe(real);
    // The stand-in's answers, one by one, and what both have said over the wire.
    const { schema } = await readSchema(`${TAPE}.0`);
    if (schema === undefined) throw new Error("the record tells of a schema");
    const tapes = readdirSync(folder).filter((name) => /^tape\.\d+$/.test(name));
    expect(tapes.length).toBeGreaterThan(1);
    for (const tape of tapes) {
      expect(checkLog(new SchemaChecker(schema), readFileSync(join(folder, tape), "utf8"))).toEqual([]);
    }
    const { asked, different } = await replayed(`${TAPE}.0`);
    expect(asked.length).toBeGreaterThan(40);
    expect(different).toEqual([]);
  });
});

describe.skipIf(libvirtReplies === undefined)("libvirt's own records", () => {
  const files =
    libvirtReplies === undefined
      ? []
      : readdirSync(libvirtReplies).filter((name) => name.endsWith(".replies"));

  it.each(files)("%s is served, and answers as recorded", async (name) => {
    const { asked, different } = await replayed(join(libvirtReplies ?? "", name));
    expect(asked.length).toBeGreaterThan(20);
    expect(different).toEqual([]);
  });
});
