import type { ServiceInput } from "../../../environments/schema/service";

/** Gives points for charges and for reviews. */
export default {
  name: "points-worker",
  owner: "accounts@chargemap.example",
  kind: "worker",
  databases: ["drivers"],
  consumes: ["points"],
} satisfies ServiceInput;
