import type { ServiceInput } from "../../../environments/schema/service";

/** Stations that do not exist, for partners to try their programs with. */
export default {
  name: "partner-sandbox",
  owner: "partners@chargemap.example",
  accounts: ["qa", "preview"],
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "partners", path: "/sandbox/*", callers: "machines" }],
  healthCheck: { path: "/actuator/health" },
} satisfies ServiceInput;
