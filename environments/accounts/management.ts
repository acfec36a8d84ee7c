import type { AccountInput } from "../schema/account";

export default {
  name: "management",
  id: "100000000001",
  email: "aws-management@eemobility.example",
  kind: "management",
  preset: "live",
} satisfies AccountInput;
