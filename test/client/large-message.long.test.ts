import { describe, expect, it } from "vitest";
import { ScriptedPeer } from "./scripted-peer.js";

describe("a message that no string can hold", () => {
  it("ends the connection with an error, however much the client would take", async () => {
    const { peer, client } = await ScriptedPeer.connected({ maxMessageBytes: Infinity });
    const ended = expect(client.execute("x")).rejects.toThrow(/a message of more than \d+ bytes/);
    await peer.next();
    peer.say('{"return": "');
    const chunk = Buffer.alloc(2 ** 24, "x");
    for (let i = 0; i < 33; i++) {
      peer.say(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended;
  });
});
