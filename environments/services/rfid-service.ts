import type { ServiceInput } from "../schema/service";

/** Says whether a card may charge at a station. */
export default {
  name: "rfid-service",
  owner: "charging@eemobility.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "rfid" }],
  databases: ["charging"],
} satisfies ServiceInput;
