import type { ServiceInput } from "../schema/service";

/** From a site visit to a station that works; keeps plans and photographs of sites. */
export default {
  name: "installation-service",
  owner: "stations@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "internal", host: "installations" }],
  databases: ["business"],
  volumes: { sites: { fileSystem: "shared", accessPoint: "sites", mountPath: "/data/sites" } },
} satisfies ServiceInput;
