import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { explorePage } from "../../lab/explore-page.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { readBuiltFile } from "../throttle/built-file.js";

export interface ServeOptions {
  /** `--port NUMBER`; 0 takes a free one. */
  readonly port: string;
}

const HOST = "127.0.0.1";

/** `qapi throttle serve`: the interactive page, on this machine only, until it is interrupted. */
export async function throttleServe({ port }: ServeOptions, context: CliContext): Promise<ExitStatus> {
  const { stdout, stderr, signal } = context;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : NaN;
  if (!(number <= 65_535)) {
    stderr.write(`error: port: '${port}' is not a number up to 65535\n`);
    return ExitStatus.usage;
  }
  const page = explorePage({
    script: await readBuiltFile("lab/explore.js"),
    style: await readBuiltFile("lab/lab.css"),
  });
  const server = createServer(({ method, url, headers }, response) => {
    // A page elsewhere that has its own name resolve to this machine is not let in.
    const isOurs = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "");
    const isPage = url === "/" && (method === "GET" || method === "HEAD");
    if (!isOurs || !isPage) {
      response
        .writeHead(isOurs ? 404 : 403, { "content-type": "text/plain" })
        .end("There is only the page at /\n");
      return;
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(method === "HEAD" ? undefined : page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(number, HOST, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  stdout.write(`http://${HOST}:${taken}/\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        "abort",
        () => {
          resolve();
        },
        { once: true },
      );
  });
  server.close();
  server.closeAllConnections();
  return ExitStatus.ok;
}
