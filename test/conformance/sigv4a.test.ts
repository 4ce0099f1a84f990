import { describeSigv4aSuite } from "./support/sigv4a-suite.js";

describeSigv4aSuite("AWS signing test suite, version 4A");
