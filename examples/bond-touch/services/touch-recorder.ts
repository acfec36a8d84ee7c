import type { ServiceInput } from "../../../environments/schema/service";

/** First part of the pipelines: writes each touch down, as it comes. */
export default {
  name: "touch-recorder",
  owner: "data@bond-touch.example",
  kind: "worker",
  consumes: ["touches"],
  buckets: { touches: "readWrite" },
  autoScaling: { messagesPerTask: 500 },
} satisfies ServiceInput;
