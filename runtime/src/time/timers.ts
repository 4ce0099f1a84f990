/** Longest delay that a timer of JavaScript takes, in milliseconds (24.8 days); what is longer would fire at once. */
export const longestTimer = 2 ** 31 - 1;
