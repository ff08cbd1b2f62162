import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import type { GeneratedFile } from "../../src/codegen/file/generated-file.js";

/** Writes generated files to a folder that goes with the tests, and gives its path. */
export function writeGenerated(files: readonly GeneratedFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), "qapi-generated-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What a generated module exports. */
export async function importGenerated(folder: string, path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(folder, path)).href)) as Record<string, unknown>;
}
