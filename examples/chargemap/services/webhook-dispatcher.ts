import type { ServiceInput } from "../../../environments/schema/service";

/** Tells partners what happened, again and again until they listen. */
export default {
  name: "webhook-dispatcher",
  owner: "partners@chargemap.example",
  kind: "worker",
  memory: 1024,
  databases: ["partners"],
  consumes: ["webhooks"],
  autoScaling: { messagesPerTask: 200 },
} satisfies ServiceInput;
