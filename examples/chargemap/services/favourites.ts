import type { ServiceInput } from "../../../environments/schema/service";

/** Stations that drivers come back to. */
export default {
  name: "favourites",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/favourites/*", callers: "machines" },
    { alb: "internal", host: "favourites" },
  ],
  databases: ["drivers"],
} satisfies ServiceInput;
