import type { ServiceInput } from "../schema/service";

/** Takes in grid operators' meter readings: a function splits each file, and the service reads the parts. */
export default {
  name: "meter-intake",
  owner: "energy@eemobility.example",
  kind: "worker",
  consumes: ["meter-readings"],
  databases: ["charging"],
  functions: { splitter: { code: "meter-splitter", bucket: "meter-readings", sends: ["meter-readings"] } },
} satisfies ServiceInput;
