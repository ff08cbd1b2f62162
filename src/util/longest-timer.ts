/** The longest that a timer of the platform runs, in ms: 24 days. One that is set to more rings at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
