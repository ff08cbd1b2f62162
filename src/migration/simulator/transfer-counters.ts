import { PAGE_SIZE } from "./guest.js";

/** A page's content, and the header that says which it is. */
export const PAGE_BYTES = PAGE_SIZE + 8;
/** A page of zeros: the header and one byte. */
export const ZERO_PAGE_BYTES = 9;
/** The end mark of an iteration. */
const END_MARK_BYTES = 8;
/** What a section around an iteration adds to the stream. */
const SECTION_BYTES = 10;

/** What has been sent, counted as QEMU counts it. */
export class TransferCounters {
  /** All bytes of the stream. */
  stream = 0;
  /** Bytes that concern RAM, sent while the guest ran. */
  precopyBytes = 0;
  /** Bytes that concern RAM, sent while it stood still. */
  downtimeBytes = 0;
  normalPages = 0;
  zeroPages = 0;

  get ramBytes(): number {
    return this.precopyBytes + this.downtimeBytes;
  }

  get pages(): number {
    return this.normalPages + this.zeroPages;
  }

  addPages(pages: number, isZero: boolean, isGuestRunning: boolean): void {
    if (isZero) this.zeroPages += pages;
    else this.normalPages += pages;
    this.addRam(pages * (isZero ? ZERO_PAGE_BYTES : PAGE_BYTES), isGuestRunning);
  }

  endIteration(isGuestRunning: boolean): void {
    this.addRam(END_MARK_BYTES, isGuestRunning);
    this.stream += SECTION_BYTES;
  }

  private addRam(bytes: number, isGuestRunning: boolean): void {
    this.stream += bytes;
    if (isGuestRunning) this.precopyBytes += bytes;
    else this.downtimeBytes += bytes;
  }
}
