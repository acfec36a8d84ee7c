import type { ServiceInput } from "../../../environments/schema/service";

/** Threads below a station. */
export default {
  name: "discussions",
  owner: "community@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/discussions/*", callers: "machines" },
    { alb: "internal", host: "discussions" },
  ],
  databases: ["community"],
} satisfies ServiceInput;
