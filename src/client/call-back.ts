/**
 * Calls what a user gave to be called back. A mistake of it is not the connection's: it is thrown where
 * nobody is in the way.
 */
export function callBack(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
