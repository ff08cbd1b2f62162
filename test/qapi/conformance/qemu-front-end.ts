import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What QEMU's tool says of a schema: its dump, its error, or that it failed itself. */
export interface QemuAnswer {
  readonly out?: string;
  readonly err?: string;
  readonly crash?: string;
}

/** QEMU's own front end in a Python process, which stays for many schemas. */
export class QemuFrontEnd {
  private readonly child;
  private readonly answers;

  /**
   * @param source QEMU's source tree
   * @param folder where paths of schemas start
   */
  constructor(source: string, folder: string) {
    const script = fileURLToPath(new URL("./qemu-front-end.py", import.meta.url));
    this.child = spawn(process.env["PYTHON"] ?? "python3", [script], {
      cwd: folder,
      env: { ...process.env, QEMU_SRC: source, PYTHONHASHSEED: "0" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async run(path: string): Promise<QemuAnswer> {
    this.child.stdin.write(`${path}\n`);
    const answer = await this.answers.next();
    if (answer.done === true) throw new Error("QEMU's front end has ended");
    return JSON.parse(answer.value) as QemuAnswer;
  }

  close(): void {
    this.child.stdin.end();
  }
}
