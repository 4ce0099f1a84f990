import type { ClientConfig, ConfigurableOptions, ConfiguredService } from "./client-config.js";
import { missingRegion } from "../endpoints/missing-region.js";
import { callRegionProvider, checkRegion } from "./environment.js";
import { plainConfig } from "./plain-config.js";

/** `client-config.ts` for platforms without environment variables and files: the options, then the defaults. */
export function readClientConfig(
  options: ConfigurableOptions,
  service: ConfiguredService,
): ClientConfig | Promise<ClientConfig> {
  const { region, useFipsEndpoint = false, useDualstackEndpoint = false } = options;
  const config = { ...plainConfig(options, service), useFipsEndpoint, useDualstackEndpoint };
  if (typeof region === "function") return callRegionProvider(region).then((found) => ({ ...config, region: found }));
  if (region === undefined && service.signingName !== undefined) throw missingRegion();
  return region === undefined ? config : { ...config, region: checkRegion(region, "The client's option region") };
}
