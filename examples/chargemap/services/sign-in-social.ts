import type { ServiceInput } from "../../../environments/schema/service";

/** Sign-in with Apple and Google. */
export default {
  name: "sign-in-social",
  owner: "accounts@chargemap.example",
  containerPort: 8080,
  loadBalancers: [{ alb: "public", host: "id", path: "/social/*" }],
  databases: ["drivers"],
  secrets: { APPLE: "accounts/apple-sign-in", GOOGLE: "accounts/google-sign-in" },
} satisfies ServiceInput;
