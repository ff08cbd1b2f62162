import { watch, type FSWatcher } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** How long a burst of changes may go on before it counts as one, in milliseconds. */
const SETTLE_MS = 50;

/**
 * Waits for changes of files. Folders are watched rather than files, since editors replace a file
 * by renaming another; what else happens in a folder is not looked at.
 */
export class FileWatcher {
  private readonly folders = new Map<string, FSWatcher>();
  private files: ReadonlySet<string> = new Set();
  private readonly changed = new Set<string>();
  private wake: (() => void) | undefined;

  /** @param signal ends the watch */
  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener("abort", () => {
      for (const watcher of this.folders.values()) watcher.close();
      this.wake?.();
    });
  }

  /** Says which files count from now on. */
  setFiles(files: Iterable<string>): void {
    this.files = new Set([...files].map((file) => resolve(file)));
    const wanted = new Set([...this.files].map((file) => dirname(file)));
    for (const [folder, watcher] of this.folders) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.folders.delete(folder);
    }
    for (const folder of wanted) this.watchFolder(folder);
  }

  /** The files that changed since the last call, once some have; none when the watch has ended. */
  async next(): Promise<string[]> {
    while (this.changed.size === 0 && !this.signal.aborted) await this.event();
    if (this.signal.aborted) return [];
    await new Promise((settled) => setTimeout(settled, SETTLE_MS));
    const files = [...this.changed].sort();
    this.changed.clear();
    return files;
  }

  private watchFolder(folder: string): void {
    if (this.folders.has(folder) || this.signal.aborted) return;
    try {
      const watcher = watch(folder, (_event, name) => {
        this.note(resolve(folder, name ?? ""));
      });
      watcher.on("error", () => {
        this.folders.delete(folder);
      });
      this.folders.set(folder, watcher);
    } catch {
      // A folder that is not there yet: its files are read, and reported, when something else changes.
    }
  }

  private note(file: string): void {
    if (!this.files.has(file) || basename(file) === "") return;
    this.changed.add(file);
    this.wake?.();
  }

  private event(): Promise<void> {
    return new Promise((done) => {
      this.wake = done;
    });
  }
}
