import type { ServiceInput } from "../../../environments/schema/service";

/** The backend API of the apps. */
export default {
  name: "bond-server",
  owner: "backend@bond-touch.example",
  source: { checkCommand: "npm ci && npm run lint", testCommand: "npm test" },
  containerPort: 3000,
  cpu: 1024,
  memory: 2048,
  loadBalancers: [{ alb: "public", host: "api", callers: "machines" }],
  externalDatabases: ["bonds"],
  memoryDatabases: ["presence"],
  sends: ["touches"],
  secrets: {
    FIREBASE_SERVICE_ACCOUNT: "bond-server/firebase",
    LOGDNA_INGESTION_KEY: "bond-server/config-vars:LOGDNA_INGESTION_KEY",
    PAYMENT_API_KEY: "bond-server/config-vars:PAYMENT_API_KEY",
    SESSION_KEY: "bond-server/config-vars:SESSION_KEY",
  },
  autoScaling: { cpu: 60, memory: 75, requestsPerTarget: 1000 },
  alarms: { http5xxPercent: 2, latencyP95Seconds: 0.8 },
  overrides: {
    staging: { cpu: 512, memory: 1024 },
    production: { autoScaling: { minCapacity: 3, maxCapacity: 30 } },
    "production-west": { autoScaling: { minCapacity: 2, maxCapacity: 30 } },
  },
} satisfies ServiceInput;
