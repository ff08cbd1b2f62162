/** The C library's words for the error codes that reading a file can end in. */
const words: ReadonlyMap<string, string> = new Map([
  ["EACCES", "Permission denied"],
  ["EFBIG", "File too large"],
  ["EIO", "Input/output error"],
  ["EISDIR", "Is a directory"],
  ["ELOOP", "Too many levels of symbolic links"],
  ["EMFILE", "Too many open files"],
  ["ENAMETOOLONG", "File name too long"],
  ["ENFILE", "Too many open files in system"],
  ["ENODEV", "No such device"],
  ["ENOENT", "No such file or directory"],
  ["ENOMEM", "Cannot allocate memory"],
  ["ENOTDIR", "Not a directory"],
  ["ENXIO", "No such device or address"],
  ["EPERM", "Operation not permitted"],
  ["ESTALE", "Stale file handle"],
  ["ERR_FS_FILE_TOO_LARGE", "File too large"],
  ["ERR_STRING_TOO_LONG", "File too large"],
]);

/** Why a file could not be read, in the words that QEMU's front end would use. */
export function readErrorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return words.get(code) ?? error.message;
}
