import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { holds } from "../../src/evolution/model-view.js";
import { locate } from "../../src/evolution/path/locate.js";
import { parsePathQuery } from "../../src/evolution/path/path-query.js";
import { replyView } from "../../src/evolution/path/reply-view.js";
import { parseJson } from "../../src/json/index.js";
import { evolution } from "../support/shared-data.js";
import { compileText } from "../support/compile-text.js";
import { introspection } from "./introspections.js";

const schema = compileText(`
{ 'enum': 'Kind', 'data': [ 'disk', { 'name': 'net', 'features': [ 'unstable' ] } ] }
{ 'struct': 'Disk', 'data': { 'file': 'FileOrNode', '*qapi': 'bool' }, 'features': [ 'fast' ] }
{ 'struct': 'File', 'data': { 'path': 'str' } }
{ 'alternate': 'FileOrNode', 'data': { 'node': 'str', 'file': 'File' } }
{ 'union': 'Device', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'disk': 'Disk' } }
{ 'command': 'add', 'data': { 'devices': ['Device'], '*id': { 'type': 'str', 'features': [ 'deprecated' ] } },
  'returns': 'File', 'features': [ 'hot' ] }
{ 'command': 'nothing' }
{ 'event': 'GONE', 'data': { 'id': 'str' } }
`);

describe("a path in a schema", () => {
  it.each([
    ["add", true],
    ["ad", false],
    ["constructor", false],
    ["add/$hot", true],
    ["add/$cold", false],
    ["add/arg-type", true],
    ["nothing/arg-type", true],
    ["nothing/ret-type", true],
    ["GONE/ret-type", false],
    ["GONE/arg-type/id", true],
    ["add/arg-type/id", true],
    ["add/arg-type/*id", true],
    ["add/arg-type/*devices", false],
    ["add/arg-type/id/$deprecated", true],
    ["add/arg-type/id/!string", true],
    ["add/arg-type/id/!int", false],
    ["add/ret-type/path/!string", true],
    ["add/arg-type/devices/+disk", true],
    ["add/arg-type/devices/+disk/$fast", true],
    ["add/arg-type/devices/+disk/file/path", true],
    ["add/arg-type/devices/+disk/file/!string", true],
    ["add/arg-type/devices/+disk/file/!object", true],
    ["add/arg-type/devices/+disk/file/!null", false],
    ["add/arg-type/devices/+disk/ qapi", true],
    ["add/arg-type/devices/+tape", false],
    ["add/arg-type/devices/kind/^net", true],
    ["add/arg-type/devices/kind/^net/$unstable", true],
    ["add/arg-type/devices/kind/^disk/$unstable", false],
    ["add/arg-type/devices/__proto__", false],
  ])("%s: %s", (query, there) => {
    expect(holds(schema, query)).toBe(there);
  });

  it.each([
    "",
    "/arg-type",
    "add/data",
    "add/+x",
    "add/arg-type//x",
    "add/arg-type/x/^v/y",
    "add/$hot/x",
    "add/arg-type/*",
  ])("%j is none", (query) => {
    expect(() => parsePathQuery(query)).toThrow("'");
  });
});

/** Queries that libvirt asks, and the builds that lack it by what libvirt's own test data records. */
const asked: readonly [query: string, lacking: RegExp][] = [
  ["blockdev-add/arg-type/+file/drop-cache", /^9\.2_aarch64\+hvf$/],
  ["blockdev-add/arg-type/+file/aio/^io_uring", /^(6\.2_ppc64|9\.2_aarch64\+hvf)$/],
  ["blockdev-add/arg-type/+rbd/encrypt/format/^luks-any", /^(6|7)\./],
  ["blockdev-add/arg-type/+nbd/tls-hostname", /^6\./],
  ["blockdev-add/arg-type/+qcow2/discard-no-unref", /^(6|7)\.|^8\.0/],
  ["chardev-add/arg-type/backend/+socket/data/reconnect-ms", /^(6|7|8)\.|^9\.[01]/],
  ["device_add/$json-cli-hotplug", /^6\./],
  ["netdev_add/arg-type/+stream/reconnect", /^(6|7)\./],
  ["netdev_add/arg-type/type/^dgram", /^6\.|^7\.[01]/],
  ["screendump/arg-type/format/^png", /^6\.|^7\.0/],
  ["query-display-options/ret-type/+sdl", /^(6\.2_ppc64|7\.1_ppc64|9\.2_aarch64\+hvf)$/],
  ["query-display-options/ret-type/+dbus", /^(6\.2_|7\.0_ppc64$|7\.1_ppc64$)/],
  ["query-cpu-model-expansion/ret-type/deprecated-props", /^(?!(9\.1|9\.2|10\.0)_s390x$)/],
  ["migrate-incoming/arg-type/exit-on-error", /^(6|7|8)\.|^9\.0/],
];

describe.skipIf(evolution === undefined)("what libvirt asks of 29 builds", () => {
  const builds =
    evolution === undefined
      ? []
      : readdirSync(join(evolution, "introspect")).map((file) => file.replace(/\.json$/, ""));

  it.each(builds)("%s, by the model and by the reply as it came", (build) => {
    const text = readFileSync(join(evolution ?? "", "introspect", `${build}.json`), "utf8");
    const view = replyView(parseJson(text));
    for (const [query, lacking] of asked) {
      const wanted = !lacking.test(build);
      expect([query, holds(introspection(build), query)]).toEqual([query, wanted]);
      expect([query, locate(view, parsePathQuery(query)) !== undefined]).toEqual([query, wanted]);
    }
  });
});
