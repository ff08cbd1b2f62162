import type { JsonValue } from "../json/value.js";
import { Refusal } from "../migration/refusal.js";

/** A QEMU that was started with `-preconfig`, or not. */
export class Preconfig {
  private isWaiting: boolean;

  constructor(private readonly wasAsked: boolean) {
    this.isWaiting = wasAsked;
  }

  /** Whether it still waits for `x-exit-preconfig`. */
  get isOn(): boolean {
    return this.isWaiting;
  }

  /** What `x-exit-preconfig` does, once; undefined where there is nothing that it could end. */
  exit(): JsonValue | undefined {
    if (!this.wasAsked) return undefined;
    if (!this.isWaiting) throw new Refusal("The command is permitted only before machine initialization");
    this.isWaiting = false;
    return {};
  }

  /** What is said of a command that has to wait. */
  tooEarly(command: string): Refusal {
    const until = "is permitted only after machine initialization has completed";
    return new Refusal(`The command '${command}' ${until}`);
  }
}
