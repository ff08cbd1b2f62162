import type { Socket } from "node:net";
import type { Side } from "../conformance/read-log.js";
import type { Inspector } from "./inspector.js";

/**
 * Passes bytes between two sockets until both are closed: as they come, as fast as the slower side takes them.
 * What ends on one side ends on the other once everything has been passed.
 *
 * @returns who ended first
 */
export function passOn(client: Socket, server: Socket, inspector: Inspector): Promise<Side> {
  return new Promise((resolve) => {
    let first: Side | undefined;
    let open = 2;
    const oneWay = (from: Socket, to: Socket, side: Side): void => {
      from.allowHalfOpen = true;
      let hasEnded = false;
      const end = (): void => {
        if (hasEnded) return;
        hasEnded = true;
        first ??= side;
        to.end();
        inspector.end(side);
      };
      from.on("data", (chunk: Buffer) => {
        if (!to.writable) return;
        if (!to.write(chunk)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
        inspector.feed(side, chunk);
      });
      from.on("end", end);
      from.on("error", () => from.destroy());
      from.on("close", () => {
        end();
        // Whoever waits for the other to take its bytes waits no longer.
        to.resume();
        // A side that is gone takes nothing any more; the other gets what is on its way, and its end.
        if (!to.destroyed) to.destroySoon();
        if (--open === 0) resolve(first ?? side);
      });
    };
    oneWay(client, server, "client");
    oneWay(server, client, "server");
    client.resume();
    if (client.destroyed) server.destroy();
  });
}
