import type { ServiceInput } from "../../../environments/schema/service";

/** Phones and cars that a driver is signed in on. */
export default {
  name: "device-registry",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "devices" }],
  databases: ["drivers"],
} satisfies ServiceInput;
