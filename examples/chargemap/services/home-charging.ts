import type { ServiceInput } from "../../../environments/schema/service";

/** What an employee charges at home, for the company. */
export default {
  name: "home-charging",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "api", path: "/v2/home-charging/*", callers: "machines" },
    { alb: "internal", host: "home-charging" },
  ],
  databases: ["business"],
} satisfies ServiceInput;
