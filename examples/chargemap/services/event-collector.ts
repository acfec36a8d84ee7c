import type { ServiceInput } from "../../../environments/schema/service";

/** What apps tell of how they are used, if drivers agree. */
export default {
  name: "event-collector",
  owner: "data@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  cpuArchitecture: "ARM64",
  loadBalancers: [{ alb: "public", host: "events", callers: "machines" }],
  healthCheck: { path: "/healthz" },
  sends: ["app-events"],
  logConfiguration: { destination: "s3", bucket: "lake", prefix: "logs/event-collector" },
  autoScaling: { requestsPerTarget: 8000 },
} satisfies ServiceInput;
