import { execFileSync, spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-format-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const format = (words: readonly string[], stdin = "") =>
  runCommand((context) => runProgram(["format", ...words], context), { stdin });

const ugly = "{'enum':'A','data':['a']}\n";
const neat = "{ 'enum': 'A', 'data': [ 'a' ] }\n";
const broken = "{ 'enum': 'A',\n";

describe("qapi format", () => {
  it("prints the formatted text, of standard input too", async () => {
    expect(await format([file("a.json", ugly)])).toEqual({ status: 0, stdout: neat, stderr: "" });
    expect(await format(["-"], ugly)).toEqual({ status: 0, stdout: neat, stderr: "" });
  });

  it("names what would change, with 100, and what it has replaced", async () => {
    const [one, two] = [file("one.json", ugly), file("two.json", neat)];
    expect(await format(["--check", one, two])).toEqual({ status: 100, stdout: `${one}\n`, stderr: "" });
    expect(readFileSync(one, "utf8")).toBe(ugly);
    expect(await format(["--write", one, two])).toEqual({ status: 0, stdout: `${one}\n`, stderr: "" });
    expect(readFileSync(one, "utf8")).toBe(neat);
    expect(await format(["--check", one, two])).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("leaves the old text where the new one does not fit on the disk", () => {
    const long = ugly.repeat(100).replaceAll("'A'", () => `'A${String(Math.random()).slice(2)}'`);
    const path = file("long.json", long);
    const command = `ulimit -f 1; exec "${process.execPath}" dist/cli.js format --write "${path}"`;
    const { status, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `qapi: cannot write ${path}: ${String(stderr.split(": ").at(-1))}`,
    });
    expect(readFileSync(path, "utf8")).toBe(long);
    expect(readdirSync(folder).filter((name) => name.startsWith("long.json"))).toEqual(["long.json"]);
  });

  it("prints a diff that patch takes", async () => {
    const path = file("d.json", ugly);
    const { status, stdout } = await format(["--diff", path]);
    expect(status).toBe(100);
    execFileSync("git", ["apply", "--unsafe-paths", "-p1", `--directory=${folder}`, "-"], {
      cwd: folder,
      input: stdout.replaceAll(`${folder.slice(1)}/`, "").replaceAll(`/${folder}/`, "/"),
    });
    expect(readFileSync(path, "utf8")).toBe(neat);
  });

  it("leaves alone what does not parse, and does the rest", async () => {
    const [bad, good] = [file("bad.json", broken), file("good.json", ugly)];
    for (const mode of ["--check", "--diff", "--write"]) {
      const { status, stderr } = await format([mode, bad, good]);
      expect(status).toBe(1);
      expect(stderr).toContain(`${bad}:`);
    }
    expect([readFileSync(bad, "utf8"), readFileSync(good, "utf8")]).toEqual([broken, neat]);
  });

  it("gives a file as a whole the line ends of QEMU's, and a part of one its own", async () => {
    const crlf = `${ugly}${ugly}`.replaceAll("\n", "\r\n");
    const path = file("crlf.json", crlf);
    expect((await format([path])).stdout).toBe(`${neat}${neat}`);
    expect((await format(["--lines", "2:2", path])).stdout).toBe(`${ugly}${neat}`.replaceAll("\n", "\r\n"));
    const done = file("crlf-neat.json", neat.replace("\n", "\r\n"));
    expect((await format(["--check", done])).status).toBe(100);
    expect(await format(["--write", done])).toMatchObject({ status: 0 });
    expect(await format(["--check", done])).toMatchObject({ status: 0 });
  });

  it("writes through a link", async () => {
    const path = file("target.json", ugly);
    const link = join(folder, "link.json");
    symlinkSync(path, link);
    expect(await format(["--write", link])).toMatchObject({ status: 0, stdout: `${link}\n` });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, "utf8")).toBe(neat);
  });

  it("refuses what is no text, on standard input too", async () => {
    const path = join(folder, "bytes.json");
    writeFileSync(path, Buffer.from([0xff, 0x7b, 0x7d]));
    expect((await format([path])).stderr).toContain("bytes.json: is not UTF-8 text");
    const stdin = Buffer.from([0xff, 0x7b, 0x7d]);
    const outcome = await runCommand((context) => runProgram(["format", "-"], context), { stdin });
    expect(outcome).toMatchObject({ status: 1, stdout: "" });
    expect(outcome.stderr).toContain("<stdin>: is not UTF-8 text");
  });

  it.each([
    [["--write", "--check", "x"], 2, "--write and --check exclude each other"],
    [["--write", "-"], 2, "--write needs files"],
    [["--lines", "5:1", "x"], 2, "--lines '5:1' is not A:B"],
    [["--lines", "1:2", "x", "y"], 2, "--lines is about one file"],
    [[join(folder, "nowhere.json")], 1, "No such file or directory"],
    [[folder], 1, "Is a directory"],
    [["--since", "no-such-revision", join(folder, "a.json")], 1, "not a git repository"],
  ])("refuses %j", async (words, status, says) => {
    const outcome = await format(words);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toContain(says);
  });

  it("says of an introspection that it has no source", async () => {
    const { status, stderr } = await format(
      ["-"],
      '[ { "name": "int", "meta-type": "builtin", "json-type": "int" } ]',
    );
    expect(status).toBe(1);
    expect(stderr).toContain("query-qmp-schema returned");
  });

  it("formats what has changed since a revision", async () => {
    const repository = mkdtempSync(join(folder, "git-"));
    const path = join(repository, "s.json");
    const git = (...words: string[]) =>
      execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@x", ...words], { cwd: repository });
    git("init", "-q");
    writeFileSync(path, ugly.repeat(2).replace("'A'", "'B'"));
    git("add", ".");
    git("commit", "-q", "-m", "one");
    writeFileSync(path, `${readFileSync(path, "utf8")}{'enum':'C','data':[]}\n`);
    const { stdout } = await format(["--since", "HEAD", path]);
    expect(stdout).toBe(`${ugly.replace("'A'", "'B'")}${ugly}{ 'enum': 'C', 'data': [] }\n`);
    const other = await format(["--since", "no-such-revision", path]);
    expect(other).toMatchObject({ status: 1, stdout: "" });
    expect(other.stderr).toContain("'no-such-revision' is no revision");
    // What git does not know is new as a whole.
    const fresh = join(repository, "new.json");
    writeFileSync(fresh, ugly);
    expect((await format(["--since", "HEAD", fresh])).stdout).toBe(neat);
  });
});
