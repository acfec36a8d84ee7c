import type { ServiceInput } from "../../../environments/schema/service";

/** What drivers say of a station. */
export default {
  name: "reviews",
  owner: "community@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/reviews/*", callers: "machines" },
    { alb: "internal", host: "reviews" },
  ],
  databases: ["community"],
  publishes: ["reviews"],
} satisfies ServiceInput;
