import type { ServiceInput } from "../../../environments/schema/service";

/** Writes down every change of a connector, for forecasts and for operators. */
export default {
  name: "status-historian",
  owner: "stations@chargemap.example",
  kind: "worker",
  databases: ["analytics"],
  consumes: ["status-history"],
  autoScaling: { messagesPerTask: 2000 },
} satisfies ServiceInput;
