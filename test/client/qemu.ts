import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  connect,
  type ConnectOptions,
  type QmpClient,
  type TypedConnectOptions,
} from "../../src/client/index.js";

const program = "qemu-system-x86_64";

/** The version of the QEMU at hand, `7.2.22`; undefined without one. */
export const qemuVersion = findVersion();

function findVersion(): string | undefined {
  const { stdout, error } = spawnSync(program, ["--version"], { encoding: "utf8" });
  const version = error === undefined ? /version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined;
  if (version === undefined)
    process.stderr.write(`${program}: not found; the suites on a real QEMU are skipped\n`);
  return version;
}

/** A QEMU that a test has started, with its monitor at a Unix socket. */
export class RealQemu {
  private readonly folder = mkdtempSync(join(tmpdir(), "qapi-qemu-"));
  readonly socket = join(this.folder, "qmp");
  private readonly process;

  constructor(args: readonly string[]) {
    const monitor = ["-qmp", `unix:${this.socket},server=on,wait=off`];
    const all = ["-nodefaults", "-display", "none", ...args, ...monitor];
    this.process = spawn(program, all, { stdio: ["ignore", "ignore", "inherit"] });
  }

  async connect(options?: ConnectOptions): Promise<QmpClient>;
  async connect<C, E>(options: TypedConnectOptions<C, E>): Promise<QmpClient<C, E>>;
  async connect(options?: ConnectOptions): Promise<QmpClient> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await connect(this.socket, options as ConnectOptions);
      } catch (error) {
        // It takes a moment until QEMU listens.
        if (attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** A file of this QEMU's own. */
  file(name: string, content?: Uint8Array): string {
    const path = join(this.folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  }

  kill(): void {
    this.process.kill("SIGKILL");
  }

  async end(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = new Promise((resolve) => this.process.once("exit", resolve));
      this.process.kill("SIGKILL");
      await exited;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * A BIOS that does nothing but write to 128 pages of memory, in turns, for ever: from 64 KiB on it
 * increments the first byte of each page.
 */
export function busyBios(): Uint8Array {
  const bios = Buffer.alloc(65_536);
  const loop = [
    // Flipping the write-protect bit flushes the TLB, and with it whatever would hide a write from QEMU.
    ...[0x0f, 0x20, 0xc0], // start: mov eax, cr0
    ...[0x66, 0x35, 0x00, 0x00, 0x01, 0x00], // xor eax, 0x10000
    ...[0x0f, 0x22, 0xc0], // mov cr0, eax
    ...[0xb8, 0x00, 0x10], // mov ax, 0x1000
    ...[0x8e, 0xd8], // next: mov ds, ax
    ...[0xfe, 0x06, 0x00, 0x00], // inc byte [0]
    ...[0x05, 0x00, 0x01], // add ax, 0x100
    ...[0x3d, 0x00, 0x90], // cmp ax, 0x9000
    ...[0x72, 0xf2], // jb next
    ...[0xeb, 0xe1], // jmp start
  ];
  bios.set(loop, 0);
  // The processor starts 16 bytes before the end.
  bios.set([0xea, 0x00, 0x00, 0x00, 0xf0], 0xfff0);
  return bios;
}
