import { describe, expect, it } from "vitest";
import { compileFiles, describeProblem, entry, problemsOf } from "./read-hx.js";

describe("problems of a command", () => {
  it.each([
    [entry({ nmae: '"b"' }), ["6:3-6:8 hx-unknown-field: a command has no field '.nmae'"]],
    [entry({ help: "MACRO" }), ["5:11-5:16 hx-field-kind: field '.help' must be a string"]],
    [entry({ cmd: '"b"' }), ["6:10-6:13 hx-field-kind: field '.cmd' must be a name"]],
    [
      entry().replace(".help", ".params"),
      [
        "5:3-5:10 hx-duplicate-field: field '.params' is given twice",
        "1:1-1:2 hx-missing-field: command lacks field '.help'",
      ],
    ],
    [
      "{\n},",
      [
        "1:1-1:2 hx-missing-field: command lacks field '.name'",
        "1:1-1:2 hx-missing-field: command lacks field '.args_type'",
        "1:1-1:2 hx-missing-field: command lacks field '.params'",
        "1:1-1:2 hx-missing-field: command lacks field '.help'",
      ],
    ],
    [
      entry({ name: '"a||b c|d/e"' }),
      [
        "2:14-2:14 hx-command-name: '' cannot be the name of a command",
        "2:15-2:18 hx-command-name: 'b c' cannot be the name of a command",
        "2:19-2:22 hx-command-name: 'd/e' cannot be the name of a command",
      ],
    ],
    [entry({ name: '""' }), ["2:12-2:12 hx-command-name: '' cannot be the name of a command"]],
    [entry() + entry({ name: '"b|a"' }), ["8:12-8:15 hx-duplicate-command: command 'a' is already defined"]],
  ])("%j", (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it("come with suggestions and with the previous definition", () => {
    const [misspelt] = compileFiles({ "main.hx": entry({ flag: '"p"' }) }).diagnostics;
    expect(misspelt?.help).toEqual(["did you mean 'flags'?"]);

    const [duplicate] = compileFiles({ "main.hx": entry() + entry() }).diagnostics;
    expect(duplicate?.notes).toMatchObject([
      { message: "previous definition", span: { start: 13, end: 14 } },
    ]);
  });
});

describe("sub-tables", () => {
  const main = entry({ sub_table: "hmp_block_jobs_cmds" });

  it("are in the file that their name stands for", () => {
    const { subTables, diagnostics } = compileFiles({
      "main.hx": main,
      "hmp-commands-block-jobs.hx": entry({ name: '"b"' }) + entry({ name: '"c"' }),
    });
    expect(diagnostics).toEqual([]);
    expect([...subTables].map(([name, { commands }]) => [name, commands.length])).toEqual([
      ["hmp_block_jobs_cmds", 2],
    ]);
  });

  it.each([
    [
      { "main.hx": main },
      "6:16-6:35 hx-sub-table: cannot read sub-table 'hmp_block_jobs_cmds': hmp-commands-block-jobs.hx: No such file or directory",
    ],
    [
      { "main.hx": entry({ sub_table: "jobs" }) },
      "6:16-6:20 hx-sub-table: cannot read sub-table 'jobs': it is not named like 'hmp_info_cmds'",
    ],
    [
      { "main.hx": main, "hmp-commands-block-jobs.hx": main },
      "6:16-6:35 hx-sub-table-loop: sub-table 'hmp_block_jobs_cmds' contains itself",
    ],
    [
      { "main.hx": main, "hmp-commands-block-jobs.hx": "ERST" },
      "1:1-1:5 hx-stray-erst: 'ERST' without 'SRST'",
    ],
    [{}, "1:1-1:1 unreadable-schema: can't read schema file 'main.hx': No such file or directory"],
  ])("%j", (files, problem) => {
    const { diagnostics, table } = compileFiles(files);
    expect(diagnostics.map(describeProblem)).toEqual([problem]);
    expect(table).toBeUndefined();
  });
});
