import { defineConfig } from "clientsmith";

export default defineConfig({
  clients: [{ model: "model/cloudtrail.json", out: "generated/cloudtrail" }],
});
