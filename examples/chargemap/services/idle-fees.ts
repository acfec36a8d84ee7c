import type { ServiceInput } from "../../../environments/schema/service";

/** Watches cars that are full and stay. */
export default {
  name: "idle-fees",
  owner: "pricing@chargemap.example",
  kind: "worker",
  databases: ["pricing"],
  consumes: ["idle-fees"],
  sends: ["push"],
} satisfies ServiceInput;
