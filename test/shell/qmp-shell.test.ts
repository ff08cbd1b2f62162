import { describe, expect, it } from "vitest";
import { QmpShell } from "../../src/shell/qmp-shell.js";
import { ScriptedPeer } from "../client/scripted-peer.js";

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
