import type { AccountInput } from "../../../environments/schema/account";

export default {
  name: "management",
  id: "300000000001",
  email: "aws@harbour.example",
  kind: "management",
  preset: "live",
} satisfies AccountInput;
