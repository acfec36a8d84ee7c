import type { ServiceInput } from "../../../environments/schema/service";

/** What the sticker on a station leads to. */
export default {
  name: "qr-codes",
  owner: "charging@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "qr" }],
  databases: ["charging"],
} satisfies ServiceInput;
