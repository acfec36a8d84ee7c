import type { ServiceInput } from "../../../environments/schema/service";

/** Holds a connector for half an hour. */
export default {
  name: "reservations",
  owner: "charging@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/reservations/*", callers: "machines" },
    { alb: "internal", host: "reservations" },
  ],
  databases: ["charging"],
} satisfies ServiceInput;
