/** A QAPI name as a C identifier, where `-`, `.` and `_` are the same (QEMU's `c_name` without protection). */
export function cName(name: string): string {
  const plain = name.includes("-") ? name.replaceAll("-", "_") : name;
  return plain.includes(".") ? plain.replaceAll(".", "_") : plain;
}
