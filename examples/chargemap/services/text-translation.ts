import type { ServiceInput } from "../../../environments/schema/service";

/** Reviews in the reader's language. */
export default {
  name: "text-translation",
  owner: "community@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "translation" }],
  databases: ["community"],
  sends: ["translations"],
} satisfies ServiceInput;
