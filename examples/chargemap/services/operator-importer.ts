import type { ServiceInput } from "../../../environments/schema/service";

/** Takes in operators' files: a function splits each, and this reads the parts. */
export default {
  name: "operator-importer",
  owner: "stations@chargemap.example",
  kind: "worker",
  cpu: 512,
  memory: 1024,
  databases: ["stations"],
  consumes: ["operator-files"],
  functions: {
    splitter: {
      code: "operator-files",
      bucket: "imports",
      sends: ["operator-files"],
      memory: 1024,
      timeout: 600,
    },
  },
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;
