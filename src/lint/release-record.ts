import { createChronicle, type Chronicle } from "../evolution/chronicle.js";
import { compareVersions, type HistoryRecord } from "../evolution/record/record.js";
import type { Schema } from "../qapi/schema/model.js";
import type { ReleaseRecord } from "./rule.js";

/** What the rules ask of a record of releases. */
export function releaseRecord(record: HistoryRecord): ReleaseRecord {
  const chronicles = new WeakMap<Schema, Chronicle>();
  const beside = (schema: Schema): Chronicle => {
    const chronicle = chronicles.get(schema) ?? createChronicle(schema, record);
    chronicles.set(schema, chronicle);
    return chronicle;
  };
  return {
    disprovesSince: (schema, item, within, said) => {
      const chronicle = beside(schema);
      const having = chronicle.builds(item);
      const [first] = having;
      if (first === undefined) return undefined;
      if (compareVersions(first.version, said) < 0) return first.version;
      // What depends on how a QEMU was built may be missing for that.
      if (item.condition !== undefined || within?.condition !== undefined) return undefined;
      const around = within === undefined ? record.builds : chronicle.builds(within);
      // Of the builds that had it first, one whose like lacked it in a release that is said to have it. Builds
      // of other machines may lack it for another reason.
      const late = having.find(
        ({ version, arch }) =>
          version === first.version &&
          around.some(
            (build) =>
              !having.includes(build) &&
              build.arch === arch &&
              compareVersions(build.version, said) >= 0 &&
              compareVersions(build.version, version) < 0,
          ),
      );
      return late?.version;
    },
  };
}
