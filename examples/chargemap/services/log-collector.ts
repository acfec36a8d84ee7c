import type { ServiceInput } from "../../../environments/schema/service";

/** Gathers what services write, and passes it on to whoever searches in it. */
export default {
  name: "log-collector",
  owner: "platform@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "logs" }],
  healthCheck: { path: "/healthz" },
} satisfies ServiceInput;
