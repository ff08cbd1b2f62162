import type { CapabilityStore } from "./parameters/capability-store.js";
import type { ParameterStore } from "./parameters/parameter-store.js";

/**
 * The capability `block` and the parameter `block-incremental` as far as a migration has turned them on
 * itself, which it does when it was asked to take disks along (QEMU `must_remove_block_options`).
 */
export class BlockOptions {
  private areLent = false;

  constructor(
    private readonly capabilities: CapabilityStore,
    private readonly parameters: ParameterStore,
  ) {}

  /** Turns them on until {@link takeBack}. */
  lend(isIncremental: boolean): void {
    this.set(true);
    this.areLent = true;
    if (isIncremental) this.parameters.change({ "block-incremental": true }, this.capabilities.enabled);
  }

  /** Turns both off if a migration had turned them on, whatever has been set since. */
  takeBack(): void {
    if (!this.areLent) return;
    this.set(false);
    this.parameters.change({ "block-incremental": false }, this.capabilities.enabled);
    this.areLent = false;
  }

  private set(state: boolean): void {
    this.capabilities.change([{ capability: "block", state }], this.parameters.values, () => undefined);
  }
}
