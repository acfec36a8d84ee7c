import type { ServiceInput } from "../../../environments/schema/service";

/** Sign-in with the company's own directory. */
export default {
  name: "company-sign-in",
  owner: "business@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "id", path: "/company/*" }],
  databases: ["business"],
  secrets: { DIRECTORY: "business/directory-metadata" },
} satisfies ServiceInput;
