import type { ServiceInput } from "../../../environments/schema/service";

/** Contracts that a car brings in its plug (ISO 15118). */
export default {
  name: "plug-and-charge",
  owner: "charging@chargemap.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "plug-and-charge" }],
  databases: ["charging"],
  secrets: { CONTRACT_AUTHORITY: "charging/contract-authority" },
} satisfies ServiceInput;
