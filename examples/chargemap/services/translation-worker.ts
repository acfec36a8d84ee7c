import type { ServiceInput } from "../../../environments/schema/service";

/** Translates what is often read before anybody asks. */
export default {
  name: "translation-worker",
  owner: "community@chargemap.example",
  kind: "worker",
  // Whoever is interrupted leaves the message to another.
  capacityProviderStrategy: [
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ],
  databases: ["community"],
  consumes: ["translations"],
  secrets: { TRANSLATION: "community/translation-provider" },
} satisfies ServiceInput;
