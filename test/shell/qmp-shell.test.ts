import { describe, expect, it } from "vitest";
import { QmpShell } from "../../src/shell/qmp-shell.js";
import { liveQapi } from "../../src/live-schema/live-qapi.js";
import { compileText } from "../support/compile-text.js";
import { ScriptedPeer } from "../client/scripted-peer.js";
import { sampleSchema } from "./sample-schema.js";

const transactions = liveQapi(
  compileText(`
{ 'enum': 'Kind', 'data': [ 'snapshot', 'abort' ] }
{ 'struct': 'Snapshot', 'data': { 'node': 'str', '*size': 'size' } }
{ 'struct': 'SnapshotWrapper', 'data': { 'data': 'Snapshot' } }
{ 'struct': 'Abort', 'data': { } }
{ 'struct': 'AbortWrapper', 'data': { 'data': 'Abort' } }
{ 'union': 'Action', 'base': { 'type': 'Kind' }, 'discriminator': 'type',
  'data': { 'snapshot': 'SnapshotWrapper', 'abort': 'AbortWrapper' } }
{ 'command': 'transaction', 'data': { 'actions': [ 'Action' ] } }
{ 'command': 'query-name', 'returns': 'Snapshot' }
`),
);

describe("a transaction", () => {
  const expected = {
    actions: [
      { type: "snapshot", data: { node: "a", size: 1024n } },
      { type: "abort", data: {} },
    ],
  };

  it.each([
    ["over lines", ["transaction(", "snapshot node=a size=1K", "", "abort", ")"]],
    ["begun and ended with its actions", ["transaction( snapshot node=a size=1K", "abort )"]],
    ["closed up", ["  transaction(snapshot {'node': 'a', 'size': 1024}", "abort )"]],
  ])("%s is one command", async (_, lines) => {
    const { peer, client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, schema: transactions });
    const results = lines.map((line) => shell.run(line));
    const request = await peer.next();
    expect([request["execute"], request["arguments"]]).toEqual(["transaction", expected]);
    peer.reply(request, {});
    expect((await Promise.all(results)).at(-1)).toMatchObject({ output: "{}\n", failed: false });
    expect(shell.prompt).toBe("(qmp) ");
    expect(shell.end().failed).toBe(false);
    await client.close();
  });

  it("may be one line, and needs no schema", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client });
    const asked = shell.run("transaction( abort )");
    const request = await peer.next();
    expect(request["arguments"]).toEqual({ actions: [{ type: "abort", data: {} }] });
    peer.reply(request, {});
    await asked;
    await client.close();
  });

  it("is not run without an action that was refused", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, schema: transactions });
    await shell.run("transaction(");
    expect(shell.prompt).toBe("(transaction) ");
    expect(await shell.run("snapshot nood=a")).toEqual({
      output:
        "snapshot nood=a\n^^^^^^^^ snapshot lacks 'node'\n" + "         ^^^^^^ 'nood' is not expected here\n",
      failed: true,
    });
    expect((await shell.run("snapshoot node=a")).output).toContain(
      "no such action; did you mean 'snapshot'?",
    );
    expect((await shell.run("abort")).failed).toBe(false);
    expect(await shell.run(")")).toEqual({
      output: "not sent: one of the transaction's actions was refused\n",
      failed: true,
    });
    expect(peer.unread()).toBe("");
    await client.close();
  });

  it("that is never closed is not run, and that is said", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, schema: transactions });
    await shell.run("transaction( abort");
    expect(shell.end()).toEqual({ output: "not sent: the transaction was not closed\n", failed: true });
    expect(peer.unread()).toBe("");
    await client.close();
  });

  it("is completed", async () => {
    const { client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, schema: transactions });
    await shell.run("transaction(");
    expect(shell.complete("").candidates).toEqual(["snapshot", "abort", ")"]);
    expect(shell.complete("snapshot ").candidates).toEqual(["node=", "size="]);
    await client.close();
  });
});

describe("help", () => {
  it("says what a command takes and returns", async () => {
    const { client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, schema: sampleSchema });
    expect((await shell.run("help set")).output).toBe(
      [
        "set",
        "  [flag]          true or false",
        "  [count]         integer",
        "  [ratio]         number",
        "  [name]          string",
        "  [pairs]         list of object",
        "    name   string",
        "    count  integer",
        "  [pair]          object",
        "    name   string",
        "    count  integer",
        "  [extra]         anything",
        "  [__org.qemu_x]  string",
        "  [limit]         integer or null",
        "returns nothing",
        "",
      ].join("\n"),
    );
    expect((await shell.run("help block-add")).output).toContain(
      "  driver       raw | qcow2 | null-co\n  [node-name]  string\n" +
        "  further members go by driver: help block-add driver=raw\n",
    );
    expect((await shell.run("help block-add driver=null-co")).output).toContain("  [size]         integer\n");
    expect((await shell.run("help device_add")).output).toContain("  and any other member\n");
    expect((await shell.run("help")).output).toContain("\nquery-status\n");
    expect(await shell.run("help sett")).toMatchObject({
      output: "help sett\n     ^^^^ there is no such command; did you mean 'set'?\n",
      failed: true,
    });
    expect(shell.complete("help se").candidates).toEqual(["set"]);
    expect(shell.hint("set count=x")).toBe("'help set' says what it takes");
    await client.close();
  });

  it("knows names where a peer tells no more of itself", async () => {
    const { client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, commands: ["guest-ping", "guest-info"] });
    expect(shell.complete("guest-p").candidates).toEqual(["guest-ping"]);
    expect((await shell.run("help")).output).toContain("\nguest-ping\n");
    expect((await shell.run("help guest-ping")).output).toContain("nothing is known");
    expect(shell.hint("guest-pong")).toContain("did you mean 'guest-ping'");
    await client.close();
  });
});

const hostile = "\x1b]0;owned\x07\x7f\x9b31m";
const timestamp = { seconds: 1n, microseconds: 2n };

describe.each([true, false])("what a peer says, with json: %s,", (json) => {
  it("has no control characters when it is shown, and is the same value", async () => {
    const { peer, client } = await ScriptedPeer.connected();
    const shell = new QmpShell({ client, json });
    const asked = shell.run(`query-name ${hostile}=1`);
    peer.reply(await peer.next(), { [hostile]: hostile });
    const { output } = await asked;
    expect(output).not.toMatch(/[^\P{Cc}\n]/u);
    const value: unknown = JSON.parse(output);
    expect(json ? (value as { return: unknown }).return : value).toEqual({ [hostile]: hostile });

    const refused = shell.run("query-name");
    const error = { class: hostile, desc: hostile };
    peer.say(`${JSON.stringify({ error, id: 3 })}\r\n`);
    expect((await refused).output).not.toMatch(/[^\P{Cc}\n]/u);

    const event = shell.showEvent({ event: hostile, data: { [hostile]: 1n }, timestamp });
    expect(event).not.toMatch(/[^\P{Cc}\n]/u);
    expect((await shell.run(`${hostile} x`)).output).not.toMatch(/[^\P{Cc}\n]/u);
    await client.close();
  });
});
