import type { ServiceInput } from "../../../environments/schema/service";

/** Policies and their terms: the Java application of the former data centre, as it was, in a container. */
export default {
  name: "policies",
  owner: "insurance@harbour.example",
  cpu: 1024,
  memory: 4096,
  containerPort: 8080,
  loadBalancers: [{ nlb: "private", host: "policies", listenerPort: 8001 }],
  apis: [{ api: "public", path: "/policies/*" }],
  databases: ["insurance"],
  // An application server of its age takes minutes to start.
  healthCheckGracePeriodSeconds: 180,
} satisfies ServiceInput;
