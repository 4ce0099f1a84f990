// Loaded into a process with `--import`: at its end, writes its resource usage to the file that CLIENTSMITH_USAGE names.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1000;
  writeFileSync(process.env["CLIENTSMITH_USAGE"] ?? "", JSON.stringify({ cpu, rss: maxRSS / 1024 }));
});
