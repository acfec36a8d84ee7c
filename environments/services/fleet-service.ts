import type { ServiceInput } from "../schema/service";

/** Companies, their cars and drivers; fleet managers reach it from outside. */
export default {
  name: "fleet-service",
  owner: "customers@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "fleets", callers: "machines" },
    { alb: "internal", host: "fleets" },
  ],
  databases: ["business"],
} satisfies ServiceInput;
