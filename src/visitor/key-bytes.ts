const utf8 = new TextEncoder();

/** QEMU's way to hold U+0000 in a C string. */
const nul = [0xc0, 0x80];

/**
 * Visits the bytes that QEMU has for an object's key: UTF-8, but C0 80 for U+0000.
 *
 * @returns how many there are
 */
export function visitKeyBytes(key: string, visit: (byte: number, index: number) => void): number {
  if (isPlainAscii(key)) {
    for (let index = 0; index < key.length; index++) visit(key.charCodeAt(index), index);
    return key.length;
  }
  let index = 0;
  for (const byte of utf8.encode(key)) {
    for (const kept of byte === 0 ? nul : [byte]) visit(kept, index++);
  }
  return index;
}

function isPlainAscii(key: string): boolean {
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    if (code === 0 || code >= 0x80) return false;
  }
  return true;
}
