import type { ServiceInput } from "../schema/service";

/** Lets other operators' customers charge here, and ours there (OCPI). */
export default {
  name: "roaming-gateway",
  owner: "charging@eemobility.example",
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [
    { alb: "public", host: "roaming", path: "/ocpi/*", callers: "machines" },
    { alb: "internal", host: "roaming" },
  ],
  publishes: ["charging-events"],
  secrets: { OCPI_REGISTRATION: "charging/roaming-partners" },
} satisfies ServiceInput;
