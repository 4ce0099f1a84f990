/** The benches, in the order in which they run and are reported; each is a file of this name. */
export const names = [
  "calls",
  "profile",
  "bundle",
  "bundle-parts",
  "cold-start",
  "generate",
  "generate-all",
  "subpath",
  "foreign-model",
];
