import { createMonitor } from "qapi-ts/hmp";
import { describe, expect, it } from "vitest";

const run = (profile: string, line: string) => createMonitor({ profile, simClock: "step:0" }).run(line);

describe("A malformed migration URI", () => {
  const inet: [uri: string, fault: string][] = [
    ["tcp:x", "error parsing address 'x'"],
    ["tcp::", "error parsing port in address ':'"],
    ["tcp:[::1]", "error parsing IPv6 address '[::1]'"],
    ["tcp:[]:1", "error parsing IPv6 address '[]:1'"],
    ["tcp:a:1,to=1x", "error parsing to= argument"],
    ["tcp:a:1,ipv4=x", "error parsing 'ipv4' flag '=x'"],
    ["tcp:a:1,keep-alive,,mptcp", "error parsing 'keep-alive' flag ',,mptcp'"],
    ["unix:", "invalid Unix socket address"],
    ["vsock:1", "error parsing address '1'"],
    ["vsock:1:2,3", "trailing characters in address '1:2,3'"],
    ["fd:x", "File descriptor named 'x' has not been found"],
  ];
  const cases: [profile: string, uri: string, fault: string][] = [
    ...inet.flatMap(([uri, fault]) =>
      ["qemu-7.2", "qemu-10.0"].map((profile): [string, string, string] => [profile, uri, fault]),
    ),
    ["qemu-7.2", "rdma:x", "RDMA ERROR: bad RDMA migration address 'x'"],
    ["qemu-10.0", "rdma:x", "error parsing address 'x'"],
    ["qemu-10.0", "file:/x,offset=y", "file URI has bad offset y: Invalid argument"],
  ];
  it.each(cases)("%s says what is wrong with %s", (profile, uri, fault) => {
    expect(run(profile, `migrate -d ${uri}`)).toMatchObject({ output: `Error: ${fault}\n`, failed: true });
  });

  it("is told before the run state by newer monitors only", () => {
    const refused = "Error: '-incoming' was not specified on the command line\n";
    expect(run("qemu-7.2", "migrate_incoming tcp:x")).toMatchObject({ output: refused });
    expect(run("qemu-10.0", "migrate_incoming tcp:a:1")).toMatchObject({ output: refused });
    expect(run("qemu-10.0", "migrate_incoming tcp:x")).toMatchObject({
      output: "Error: error parsing address 'x'\n",
    });
  });
});
