import { createChronicle, type Chronicled } from "../evolution/chronicle.js";
import { compareVersions, type HistoryRecord } from "../evolution/record/record.js";
import type { Schema } from "../qapi/schema/model.js";
import { madeOnce } from "../util/made-once.js";

/** What is known of past releases. */
export type ReleaseRecord = ReturnType<typeof releaseRecord>;

/** What the rules ask of a record of releases. */
export function releaseRecord(record: HistoryRecord) {
  const beside = madeOnce((schema: Schema) => createChronicle(schema, record));
  return {
    /**
     * The release that something of a schema came with, where that cannot be the one that is said; undefined
     * where it can, or nothing is known.
     *
     * @param within what it belongs to, which has to have been there for its absence to tell something
     * @param said a release such as `9.1`
     */
    disprovesSince(
      schema: Schema,
      item: Chronicled,
      within: Chronicled | undefined,
      said: string,
    ): string | undefined {
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
