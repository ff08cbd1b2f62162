import { locate } from "../evolution/path/locate.js";
import { parsePathQuery } from "../evolution/path/path-query.js";
import { compareVersions, recordView, type HistoryRecord } from "../evolution/record/record.js";
import type { ReleaseRecord } from "./rule.js";

/** What the rules ask of a record of releases. */
export function releaseRecord(record: HistoryRecord): ReleaseRecord {
  const views = record.builds.map((build, index) => ({ ...build, view: recordView(record, index) }));
  return {
    disprovesSince: (path, said) => {
      const query = parsePathQuery(path);
      const builds = views.map(({ version, arch, view }) => ({
        version,
        arch,
        has: locate(view, query) !== undefined,
      }));
      const having = builds.filter(({ has }) => has);
      const first = having[0];
      if (first === undefined) return undefined;
      if (having.some(({ version }) => compareVersions(version, said) < 0)) return first.version;
      // Of the builds that had it first, one whose like lacked it in a release that is said to have it. Builds
      // of other machines may lack it for another reason.
      const late = having.find(
        ({ version, arch }) =>
          version === first.version &&
          builds.some(
            (build) =>
              !build.has &&
              build.arch === arch &&
              compareVersions(build.version, said) >= 0 &&
              compareVersions(build.version, version) < 0,
          ),
      );
      return late?.version;
    },
  };
}
