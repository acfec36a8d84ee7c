import type { ServiceInput } from "../../../environments/schema/service";

/** Stations and corrections that drivers send in. */
export default {
  name: "station-suggestions",
  owner: "stations@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/suggestions/*", callers: "machines" },
    { alb: "internal", host: "station-suggestions" },
  ],
  databases: ["community"],
  sends: ["tickets"],
} satisfies ServiceInput;
