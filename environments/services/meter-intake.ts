import type { ServiceInput } from "../schema/service";

/** Takes in grid operators' meter readings: a function splits each file, and the service reads the parts. */
export default {
  name: "meter-intake",
  owner: "energy@eemobility.example",
  kind: "worker",
  consumes: ["meter-readings"],
  databases: ["charging"],
  functions: {
    splitter: {
      code: "meter-splitter",
      bucket: "meter-readings",
      sends: ["meter-readings"],
      memory: 1024,
      timeout: 900,
    },
  },
  autoScaling: { messagesPerTask: 500 },
} satisfies ServiceInput;
