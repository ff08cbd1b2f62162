import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressError, formatAddress, parseAddress } from "../../src/util/address.js";

const unix = (path: string) => ({ kind: "unix", path });
const tcp = (host: string, port: number) => ({ kind: "tcp", host, port });

describe("parseAddress", () => {
  it.each([
    ["unix:/run/vm.sock", unix("/run/vm.sock")],
    ["/run/vm.sock", unix("/run/vm.sock")],
    ["vm.sock", unix("vm.sock")],
    ["./vm:4444", unix("./vm:4444")],
    ["unix:vm:4444", unix("vm:4444")],
    ["/tmp/a,b", unix("/tmp/a,b")],
    ["/tmp/server", unix("/tmp/server")],
    ["tcp:localhost:4444", tcp("localhost", 4444)],
    ["tcp::4444", tcp("127.0.0.1", 4444)],
    ["tcp:[::1]:4444", tcp("::1", 4444)],
    ["localhost:4444", tcp("localhost", 4444)],
    ["192.0.2.1:4444", tcp("192.0.2.1", 4444)],
    ["[::1]:4444", tcp("::1", 4444)],
    [":4444", tcp("127.0.0.1", 4444)],
  ])("reads %s", (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  it.each([
    ["unix:/run/vm.sock,server=on,wait=off", unix("/run/vm.sock"), ",server=on,wait=off"],
    ["unix:/run/vm.sock,server,nowait", unix("/run/vm.sock"), ",server,nowait"],
    ["/run/a,b,server=on", unix("/run/a,b"), ",server=on"],
    ["unix:/run/a,,server,server=on", unix("/run/a,server"), ",server=on"],
    ["tcp:127.0.0.1:4444,server=on,wait=off", tcp("127.0.0.1", 4444), ",server=on,wait=off"],
    ["localhost:4444,server,nowait,nodelay", tcp("localhost", 4444), ",server,nowait,nodelay"],
    ["tcp::4444,server=on,ipv4", tcp("127.0.0.1", 4444), ",server=on,ipv4"],
  ])("tells QEMU's options from the address in %s", (text, address, qemuOptions) => {
    expect(parseAddress(text)).toEqual({ ...address, qemuOptions });
  });

  it.each(["", "unix:", "tcp:", "tcp:4444", "tcp:host:port", "host:70000", "tcp:a:b:1", ",server=on"])(
    "refuses %j",
    (text) => {
      expect(() => parseAddress(text)).toThrow(AddressError);
    },
  );

  it("shows no control characters of what it refuses", () => {
    expect(() => parseAddress("tcp:\x1b[2J")).toThrow("'tcp:\\u001b[2J' is not an address");
  });

  it("reads back what formatAddress writes", () => {
    const address = fc.oneof(
      fc.record({ kind: fc.constant("unix" as const), path: fc.stringMatching(/^\/[a-z:,]{1,20}x$/) }),
      fc.record({
        kind: fc.constant("tcp" as const),
        host: fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()),
        port: fc.integer({ min: 0, max: 65_535 }),
      }),
    );
    fc.assert(
      fc.property(address, (each) => {
        expect(parseAddress(formatAddress(each))).toEqual(each);
      }),
    );
  });
});
