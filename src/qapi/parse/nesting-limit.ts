/** How deep lists and objects may be nested. QEMU runs out of stack a little below. */
export const NESTING_LIMIT = 500;
