import type { ServiceInput } from "../../../environments/schema/service";

/** Makes PDFs of policies and letters, archives them, and hands them out. */
export default {
  name: "documents",
  owner: "insurance@harbour.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ nlb: "private", host: "documents", listenerPort: 8005 }],
  apis: [{ api: "public", path: "/documents/*" }],
  buckets: { documents: "readWrite" },
} satisfies ServiceInput;
