import type { ServiceInput } from "../../../environments/schema/service";

/** Charges without an account: a number plate, a card, a receipt. */
export default {
  name: "ad-hoc-charging",
  owner: "charging@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "pay", path: "/ad-hoc/*" }],
  databases: ["charging"],
} satisfies ServiceInput;
