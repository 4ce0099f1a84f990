/** The benches, in the order in which they run and are reported; each is a file of this name. */
export const names = [
  "calls",
  "profile",
  "bundle",
  "bundle-split",
  "bundle-parts",
  "cold-start",
  "cold-start-bundled",
  "validation",
  "types",
  "generate",
  "generate-all",
  "read-idl",
  "subpath",
  "foreign-model",
  "memory",
  "soak",
];
