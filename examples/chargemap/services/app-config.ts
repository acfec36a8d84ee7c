import type { ServiceInput } from "../../../environments/schema/service";

/** What an app of which version may do. */
export default {
  name: "app-config",
  owner: "platform@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "api", path: "/v2/config/*", callers: "machines" }],
  healthCheck: { path: "/healthz" },
} satisfies ServiceInput;
