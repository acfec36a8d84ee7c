import type { ServiceInput } from "../schema/service";

/** Logstash: gathers what services write, and gives it to search. */
export default {
  name: "log-aggregator",
  owner: "platform@eemobility.example",
  accounts: ["live", "qa", "development"],
  cpu: 512,
  memory: 2048,
  containerPort: 8080,
  user: "1000:1000",
  loadBalancers: [{ alb: "internal", host: "log-intake" }],
  healthCheck: { path: "/" },
} satisfies ServiceInput;
