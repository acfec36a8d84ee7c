import type { ServiceInput } from "../../../environments/schema/service";

/** Builds companies' reports, which may be large. */
export default {
  name: "fleet-report-builder",
  owner: "business@chargemap.example",
  kind: "worker",
  cpu: 1024,
  memory: 4096,
  databases: ["business"],
  buckets: { exports: "readWrite" },
  consumes: ["fleet-reports"],
  stopTimeout: 120,
  autoScaling: { messagesPerTask: 5 },
} satisfies ServiceInput;
