import type { ServiceInput } from "../schema/service";

/** Starts and stops charging for the apps; other services ask it for sessions. Behind both doors at once. */
export default {
  name: "charging-api",
  owner: "charging@eemobility.example",
  cpu: 512,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "charging", callers: "machines" },
    { alb: "internal", host: "charging" },
  ],
  healthCheck: { path: "/actuator/health" },
  databases: ["charging"],
  publishes: ["charging-events"],
  secrets: { RFID_SIGNING_MATERIAL: "charging/rfid-key" },
  autoScaling: { memory: 75, requestsPerTarget: 1200 },
  overrides: { live: { cpu: 1024, memory: 4096, autoScaling: { maxCapacity: 12 } } },
} satisfies ServiceInput;
