import type { ServiceInput } from "../../../environments/schema/service";

/** Gives a ticket to the person who knows. */
export default {
  name: "ticket-router",
  owner: "support@chargemap.example",
  kind: "worker",
  databases: ["support"],
  consumes: ["tickets"],
  secrets: { HELPDESK: "support/helpdesk" },
} satisfies ServiceInput;
