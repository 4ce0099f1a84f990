import { describe, expect, it } from "vitest";
import { ConfigurationError } from "#runtime/errors/index.js";
import { duplex } from "#runtime/features/duplex.js";
import { openDuplexTransport } from "#runtime/features/support/duplex-transport.js";
import { openDuplexTransport as openInBrowser } from "#runtime/features/support/duplex-transport.web.js";

describe("duplex", () => {
  it("sets the option of the transport, and keeps the others", () => {
    const limits = { connectTimeout: 1, headersTimeout: 2, bodyTimeout: 3 };
    expect(duplex().transport?.(limits, undefined as never, undefined as never)).toEqual({ ...limits, duplex: true });
  });

  it("opens a transport that can do it, from the options of the client", async () => {
    const transport = openDuplexTransport({ maxConnections: 3 }, "Talk");
    expect(transport.isDuplex).toBe(true);
    await transport.close();
    expect(() => openDuplexTransport({ proxy: "ftp://proxy.example" }, "Talk")).toThrow(ConfigurationError);
  });

  it("is an error in browsers and workers, which names the operation", () => {
    expect(() => openInBrowser({}, "Talk")).toThrow(
      new ConfigurationError(
        "Talk sends events while it receives others, which the fetch of browsers and workers cannot do. Call it from Node.js.",
      ),
    );
  });
});
