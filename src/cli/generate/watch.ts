import { existsSync, statSync, watch, type FSWatcher } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

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

  /**
   * Says which files count from now on, whether they are there yet or not.
   *
   * @param since when they were last looked at, in milliseconds since the epoch
   */
  setFiles(files: Iterable<string>, since: number): void {
    this.files = new Set([...files].map((file) => resolve(file)));
    this.watchFolders();
    for (const file of this.files) if (changeTime(file) > since) this.report(file);
  }

  /** Says which files count besides those that do already. */
  addFiles(files: Iterable<string>, since: number): void {
    this.setFiles([...this.files, ...files], since);
  }

  /** Watches the folder of each file; where there is none yet, the nearest above it that is there. */
  private watchFolders(): void {
    const wanted = new Set([...this.files].map((file) => nearestFolder(dirname(file))));
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
    await delay(SETTLE_MS);
    const files = [...this.changed].sort();
    this.changed.clear();
    return files;
  }

  private watchFolder(folder: string): void {
    if (this.folders.has(folder) || this.signal.aborted) return;
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name !== null) this.note(resolve(folder, name));
      });
      watcher.on("error", () => {
        watcher.close();
        this.folders.delete(folder);
        this.watchFolders();
      });
      this.folders.set(folder, watcher);
    } catch {
      // It went away in this moment: the one above it tells.
    }
  }

  private note(path: string): void {
    if (this.files.has(path)) {
      this.report(path);
      return;
    }
    const within = [...this.files].filter((file) => file.startsWith(path + sep));
    if (within.length === 0) return;
    // A folder on the way to files came or went. One that came may be filled already.
    this.forget(path);
    this.watchFolders();
    for (const file of within) if (existsSync(file)) this.report(file);
  }

  /** A folder of the same name may be another one by now. */
  private forget(path: string): void {
    for (const [folder, watcher] of this.folders) {
      if (folder !== path && !folder.startsWith(path + sep)) continue;
      watcher.close();
      this.folders.delete(folder);
    }
  }

  private report(file: string): void {
    this.changed.add(file);
    this.wake?.();
  }

  private event(): Promise<void> {
    return new Promise((done) => {
      this.wake = done;
    });
  }
}

function nearestFolder(path: string): string {
  const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const above = dirname(path);
  return isThere || above === path ? path : nearestFolder(above);
}

/** When a file was last written or put where it is; long ago where there is none. */
function changeTime(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0;
}
