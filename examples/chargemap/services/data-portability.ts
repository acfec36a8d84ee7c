import type { ServiceInput } from "../../../environments/schema/service";

/** Gives drivers all that is known of them, or forgets it. */
export default {
  name: "data-portability",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/my-data/*", callers: "machines" },
    { alb: "internal", host: "data-portability" },
  ],
  databases: ["drivers"],
  buckets: { exports: "readWrite" },
  sends: ["erasures"],
} satisfies ServiceInput;
