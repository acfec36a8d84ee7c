import type { ServiceInput } from "../../../environments/schema/service";

/** Works tariffs out for each connector and hour of the week. */
export default {
  name: "tariff-projector",
  owner: "pricing@chargemap.example",
  kind: "worker",
  cpu: 512,
  memory: 1024,
  databases: ["pricing"],
  consumes: ["tariff-updates"],
  autoScaling: { messagesPerTask: 300 },
} satisfies ServiceInput;
