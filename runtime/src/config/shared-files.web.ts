import type { SharedFiles } from "./shared-files.js";

/** `shared-files.ts` for platforms without a file system: both files are missing. */
export async function loadSharedFiles(): Promise<SharedFiles> {
  const none = new Map<string, never>();
  return { profiles: none, services: none, ssoSessions: none, configPath: "", credentialsPath: "", problems: [] };
}

export function problemsOf(): string {
  return "";
}
