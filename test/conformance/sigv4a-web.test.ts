import { vi } from "vitest";
import { describeSigv4aSuite } from "./support/sigv4a-suite.js";

vi.mock("#runtime/signing/hash.js", () => import("#runtime/signing/hash.web.js"));
vi.mock("#runtime/signing/ecdsa.js", () => import("#runtime/signing/ecdsa.web.js"));

describeSigv4aSuite("AWS signing test suite, version 4A, with the cryptography of browsers and workers");
