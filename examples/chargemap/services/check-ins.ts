import type { ServiceInput } from "../../../environments/schema/service";

/** A charge that worked, or did not: the pulse of a station. */
export default {
  name: "check-ins",
  owner: "community@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/check-ins/*", callers: "machines" },
    { alb: "internal", host: "check-ins" },
  ],
  databases: ["community"],
  publishes: ["reviews"],
} satisfies ServiceInput;
