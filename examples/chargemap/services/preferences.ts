import type { ServiceInput } from "../../../environments/schema/service";

/** Plugs, networks and languages that a driver likes. */
export default {
  name: "preferences",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/preferences/*", callers: "machines" },
    { alb: "internal", host: "preferences" },
  ],
  databases: ["drivers"],
} satisfies ServiceInput;
