import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { connect, type ConnectOptions } from "../../src/client/index.js";
import { optional, visitInt, visitObject, visitStr } from "../../src/visitor/index.js";

/** A guest agent of the old kind: it drops ids, and answers when a test says so. */
class Agent {
  readonly input = new PassThrough();
  readonly output = new PassThrough();
  private text = "";

  say(text: string): void {
    this.input.write(Buffer.from(text, "latin1"));
  }

  /** The next line from the client, as bytes. */
  async next(): Promise<string> {
    for (;;) {
      const end = this.text.indexOf("\n");
      if (end >= 0) {
        const line = this.text.slice(0, end);
        this.text = this.text.slice(end + 1);
        return line;
      }
      const chunk = this.output.read() as Buffer | null;
      if (chunk === null) await new Promise((resolve) => this.output.once("readable", resolve));
      else this.text += chunk.toString("latin1");
    }
  }

  async synchronise(before = ""): Promise<void> {
    const line = await this.next();
    const id = /^\xff\{"execute": "guest-sync-delimited", "arguments": \{"id": (\d+)\}\}$/.exec(line)?.[1];
    expect(id).toBeDefined();
    this.say(`${before}\xff{"return": ${id ?? ""}}\n`);
  }

  async connected(options?: ConnectOptions) {
    const connecting = connect(this, { agent: true, ...options });
    await this.synchronise();
    return connecting;
  }
}

/** The id of a synchronisation. */
function idIn(line: string): string {
  return /"id": (\d+)/.exec(line)?.[1] ?? "";
}

describe("a guest agent", () => {
  it("is found by guest-sync-delimited, past what was left over", async () => {
    const agent = new Agent();
    const connecting = connect(agent, { agent: true });
    await agent.synchronise('halves of an old reply"}} {"return": 5}\n\xff{"return": 99}\n');
    const client = await connecting;
    expect(client.greeting).toBeUndefined();
    const asked = client.execute("guest-ping");
    expect(await agent.next()).toBe('{"execute": "guest-ping"}');
    agent.say('{"return": {}}\n');
    expect(await asked).toEqual({});
  });

  it("is asked again until it is up", async () => {
    const agent = new Agent();
    const connecting = connect(agent, { agent: true });
    // What is said before it runs is lost.
    await agent.next();
    await agent.next();
    await agent.synchronise();
    const client = await connecting;
    const asked = client.execute("guest-ping");
    expect(await agent.next()).toBe('{"execute": "guest-ping"}');
    agent.say('{"return": {}}\n');
    expect(await asked).toEqual({});
  });

  it("that answers every question late is heard at the last", async () => {
    const agent = new Agent();
    const connecting = connect(agent, { agent: true });
    const first = idIn(await agent.next());
    const second = idIn(await agent.next());
    agent.say(`\xff{"return": ${first}}\n`);
    agent.say(`\xff{"return": ${second}}\n`);
    const client = await connecting;
    const asked = client.execute("x");
    await agent.next();
    agent.say('{"return": "of x"}\n');
    expect(await asked).toBe("of x");
  });

  it.each([
    ["", ""],
    ["after half a reply", 'the rest of a "reply"}}\n'],
    ["after half a string", '{"return": "the beginning of\n'],
    ["after a reply to somebody", '{"return": 5}\n'],
  ])("that does not know guest-sync-delimited is asked by guest-sync %s", async (_, before) => {
    const agent = new Agent();
    const connecting = connect(agent, { agent: true });
    await agent.next();
    agent.say(before);
    agent.say('{"error": {"class": "CommandNotFound", "desc": "The command has not been found"}}\n');
    const line = await agent.next();
    expect(line).toMatch(/^\xff\{"execute": "guest-sync", "arguments": \{"id": \d+\}\}$/);
    agent.say(`{"return": ${idIn(line)}}\n`);
    const client = await connecting;
    const asked = client.execute("guest-ping");
    expect(await agent.next()).toBe('{"execute": "guest-ping"}');
    agent.say('{\n  "return": {\n  }\n}\n');
    expect(await asked).toEqual({});
  });

  it("has one command at a time, without ids", async () => {
    const agent = new Agent();
    const client = await agent.connected();
    const both = [client.execute("one", { a: 1 }), client.execute("two")];
    expect(await agent.next()).toBe('{"execute": "one", "arguments": {"a": 1}}');
    expect(agent.output.read()).toBeNull();
    agent.say('{"return": 1}');
    expect(await agent.next()).toBe('{"execute": "two"}');
    agent.say('{"error": {"class": "CommandNotFound", "desc": "no"}}');
    expect(await both[0]).toBe(1n);
    await expect(both[1]).rejects.toMatchObject({ message: "no", class: "CommandNotFound", id: undefined });
  });

  it("is synchronised again after a command was given up", async () => {
    const agent = new Agent();
    const client = await agent.connected();
    await expect(client.execute("slow", {}, { timeout: 20 })).rejects.toThrow("no answer within 20 ms: slow");
    await agent.next();
    const next = client.execute("next");
    await agent.synchronise('{"return": "late"}\n');
    expect(await agent.next()).toBe('{"execute": "next"}');
    agent.say('{"return": "right"}');
    expect(await next).toBe("right");
  });

  it("does not keep a command waiting that was given up before its turn", async () => {
    const agent = new Agent();
    const client = await agent.connected();
    const one = client.execute("one");
    await expect(client.execute("two", {}, { timeout: 10 })).rejects.toThrow("two");
    await agent.next();
    agent.say('{"return": {}}');
    await one;
    const three = client.execute("three");
    expect(await agent.next()).toBe('{"execute": "three"}');
    agent.say('{"return": {}}');
    await three;
  });

  it("need not answer a command that ends the guest", async () => {
    const visitMode = visitObject<{ mode?: string }, { mode?: string }, { mode?: string }>("q", () => ({
      members: [optional("mode", visitStr)],
    }));
    const schema = {
      commands: {
        "guest-shutdown": { arguments: visitMode, successResponse: false as const },
        "guest-uptime": { returns: visitInt },
      },
      events: {},
    };
    const agent = new Agent();
    const connecting = connect(agent, { agent: true, schema });
    await agent.synchronise();
    const client = await connecting;
    await (client.execute as (name: string, args: unknown) => Promise<unknown>)("guest-shutdown", {
      mode: "halt",
    });
    expect(await agent.next()).toBe('{"execute": "guest-shutdown", "arguments": {"mode": "halt"}}');
    const uptime = client.executeRaw("guest-uptime");
    await agent.synchronise('{"error": {"class": "GenericError", "desc": "cannot"}}');
    expect(await agent.next()).toBe('{"execute": "guest-uptime"}');
    agent.say('{"return": 5}');
    expect(await uptime).toBe(5n);
  });

  it("that does not run is told from one that does", async () => {
    await expect(connect(new Agent(), { agent: true, connectTimeout: 20 })).rejects.toThrow(
      "no answer within 20 ms: the guest agent",
    );
  });

  it("that goes away settles what waits", async () => {
    const agent = new Agent();
    const client = await agent.connected();
    const waiting = [client.execute("one"), client.execute("two")];
    await agent.next();
    agent.input.end();
    await Promise.all(
      waiting.map((each) => expect(each).rejects.toThrow("the peer has closed the connection")),
    );
  });
});
