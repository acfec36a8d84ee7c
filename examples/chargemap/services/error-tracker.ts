import type { ServiceInput } from "../../../environments/schema/service";

/** Where exceptions go, and who has seen them. */
export default {
  name: "error-tracker",
  owner: "platform@chargemap.example",
  cpu: 512,
  memory: 2048,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "errors" }],
  databases: ["analytics"],
  buckets: { attachments: "readWrite" },
} satisfies ServiceInput;
