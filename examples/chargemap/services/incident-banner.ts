import type { ServiceInput } from "../../../environments/schema/service";

/** Tells drivers of a broken network before they get there. */
export default {
  name: "incident-banner",
  owner: "support@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/incidents/*", callers: "machines" },
    { alb: "internal", host: "incidents" },
  ],
  databases: ["support"],
} satisfies ServiceInput;
