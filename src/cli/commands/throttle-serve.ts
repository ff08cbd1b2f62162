import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { explorePage } from "../../lab/explore-page.js";
import { UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import { readBuiltFile } from "../throttle/built-file.js";

interface ServeOptions {
  /** `--port NUMBER`; 0 takes a free one. */
  readonly port: string;
}

const HOST = "127.0.0.1";

/** The page is one file: it loads nothing, is shown in no other page, and its type is what it says. */
const securityHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
};

/** `qapi throttle serve`: the interactive page, on this machine only, until it is interrupted. */
export async function throttleServe({ port }: ServeOptions, context: CliContext): Promise<ExitStatus> {
  const { stdout, signal } = context;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : NaN;
  if (!(number <= 65_535)) throw new UsageError(`--port: '${port}' is not a number up to 65535`);
  const page = explorePage({
    script: await readBuiltFile("lab/explore.js"),
    style: await readBuiltFile("lab/lab.css"),
  });
  const server = createServer(({ method, url, headers }, response) => {
    // A page elsewhere that has its own name resolve to this machine is not let in.
    const isOurs = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "");
    const isRead = method === "GET" || method === "HEAD";
    const isPage = url?.split(/[?#]/, 1)[0] === "/";
    if (!isOurs || !isRead || !isPage) {
      const status = !isOurs ? 403 : isRead ? 404 : 405;
      response
        .writeHead(status, {
          ...securityHeaders,
          "content-type": "text/plain; charset=utf-8",
          ...(status === 405 ? { allow: "GET, HEAD" } : {}),
        })
        .end(method === "HEAD" ? undefined : "There is only the page at /, to be read\n");
      return;
    }
    response.writeHead(200, {
      ...securityHeaders,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
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
