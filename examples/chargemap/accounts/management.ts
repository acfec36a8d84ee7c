import type { AccountInput } from "../../../environments/schema/account";

export default {
  name: "management",
  id: "200000000001",
  email: "aws@chargemap.example",
  kind: "management",
  preset: "live",
} satisfies AccountInput;
