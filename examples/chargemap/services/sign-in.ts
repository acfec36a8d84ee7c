import type { ServiceInput } from "../../../environments/schema/service";

/** Where drivers sign in, with a password or without. */
export default {
  name: "sign-in",
  owner: "accounts@chargemap.example",
  cpu: 512,
  memory: 1024,
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "id" }],
  databases: ["drivers"],
  secrets: { SESSION_SIGNING: "accounts/session-signing" },
  // Who signed in from where is kept by the security team's collector.
  logConfiguration: {
    destination: "http",
    host: "intake.security.example",
    path: "/v1/sign-ins",
    header: "accounts/sign-in-collector",
  },
  overrides: { live: { autoScaling: { minCapacity: 3, maxCapacity: 15 } } },
  caches: ["sessions"],
} satisfies ServiceInput;
