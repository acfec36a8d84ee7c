import type { AccountInput } from "../../../environments/schema/account";

export default {
  name: "management",
  id: "400000000001",
  email: "aws@bond-touch.example",
  kind: "management",
  preset: "live",
} satisfies AccountInput;
