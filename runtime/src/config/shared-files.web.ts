import type { SharedFiles } from "./shared-files.js";

/** `shared-files.ts` where there is no file system: as if no file were there. */
export async function loadSharedFiles(): Promise<SharedFiles> {
  const none = new Map<string, never>();
  return { profiles: none, services: none, ssoSessions: none, configPath: "", credentialsPath: "", fileOf: () => "" };
}
