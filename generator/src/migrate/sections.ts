/** Sections of docs/migrating.md to which comments in migrated files refer. */
export const sections = {
  passedOn: "A namespace that is passed on",
  reExports: "Re-exports and mocks",
  configuration: "The shared configuration",
  absent: "What is not there",
  types: "Types",
  functions: "From the service object to the functions",
} as const;

export type Section = (typeof sections)[keyof typeof sections];
