import type { ServiceInput } from "../schema/service";

/** Kibana: where developers look for what happened. */
export default {
  name: "log-viewer",
  owner: "platform@eemobility.example",
  accounts: ["live", "qa", "development"],
  memory: 2048,
  containerPort: 5601,
  user: "1000:1000",
  loadBalancers: [{ alb: "internal", host: "logs" }],
  healthCheck: { path: "/api/status" },
} satisfies ServiceInput;
