import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileExamples } from "../support/compile-examples.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = readFileSync(join(root, "docs/conformance.md"), "utf8");
const blocksOf = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);
const examples = blocksOf("ts");

/** A folder as a reader has it, in which the package is installed. */
const folder = mkdtempSync(join(tmpdir(), "qapi-docs-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(command: string): { readonly status: number | null; readonly output: string } {
  const bin = join(folder, "bin");
  // The shell of a pipeline waits for nobody whom the pipeline has started.
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `set -m\n${command}`], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, NO_COLOR: "1" },
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
}

function script(name: string, line: string): void {
  writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${line}\n`);
  chmodSync(join(folder, "bin", name), 0o755);
}

beforeAll(() => {
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/qapi-ts"));
  symlinkSync(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  const node = `exec "${process.execPath}"`;
  script("qapi", `${node} "${root}/dist/cli.js" "$@"`);
  script(
    "npx",
    `case $1 in vitest) shift; ${node} "${root}/node_modules/vitest/vitest.mjs" "$@";; esac; exec "$@"`,
  );
  script("npm", "exit 0");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
});

describe("docs/conformance.md", () => {
  it("shows code that compiles", { timeout: 120_000 }, () => {
    expect(examples.length).toBeGreaterThan(4);
    const modules = examples.map(
      (code) => `${code
        .replace("./qemu/index.js", "./qapi/index.js")
        .replace('from "./manager.js"', 'from "./example-0.js"')}
declare const log: string;
export { log as aLog };
`,
    );
    expect(compileExamples(modules)).toBe("");
  });

  it(
    "leads from nothing to a test that fails for the right reason, and passes once mended",
    { timeout: 120_000 },
    () => {
      const [setUp = ""] = blocksOf("sh");
      const made = run(setUp);
      expect(made.output).toContain("serving at");
      expect(existsSync(join(folder, "qemu-schema.json"))).toBe(true);
      for (const code of examples) {
        const [, name] = /^\/\/ (\S+\.ts)\n/.exec(code) ?? [];
        if (name !== undefined) writeFileSync(join(folder, name), code);
      }
      const failed = run("npx vitest run");
      expect(failed.output).toContain("QmpError: Parameter 'max-cpu-throtle' is unexpected");
      expect(failed.status).toBe(1);
      const manager = readFileSync(join(folder, "manager.ts"), "utf8");
      writeFileSync(join(folder, "manager.ts"), manager.replace("max-cpu-throtle", "max-cpu-throttle"));
      const passed = run("npx vitest run");
      expect(passed.output).toContain("1 passed");
      expect(passed.status).toBe(0);
    },
  );

  it("checks what an integration test says, as its CI does", { timeout: 120_000 }, () => {
    const steps = [...(blocksOf("yaml")[0] ?? "").matchAll(/^- run: (.*)$/gm)].map(([, line = ""]) => line);
    expect(steps.length).toBe(5);
    script("make", `exec "${process.execPath}" manage.mjs "\${2#QMP_SOCKET=}"`);
    appendFileSync(
      join(folder, "manage.mjs"),
      `import { connect } from "qapi-ts/qmp";
const client = await connect(process.argv[2], { waitFor: 10_000 });
await client.executeRaw("query-status");
await client.executeRaw("migrate-set-parameters", { "max-cpu-throtle": 60 }).catch(() => undefined);
await client.close();
`,
    );
    const ran = run(
      [
        "qapi qmp serve --socket vm.qmp & echo $! > vm.pid",
        "export GITHUB_STEP_SUMMARY=summary.md",
        ...steps.slice(0, 3),
        "while [ -S checked.qmp ]; do sleep 0.1; done",
        `${steps[3] ?? ""}; echo "status $?"`,
        steps[4] ?? "",
        'kill "$(cat vm.pid)"',
      ].join("\n"),
    );
    expect(ran.output).toContain("::error file=manager.log,line=");
    expect(ran.output).toContain("status 100");
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("migrate-set-parameters");
  });
});
