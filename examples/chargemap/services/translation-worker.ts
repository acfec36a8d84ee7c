import type { ServiceInput } from "../../../environments/schema/service";

/** Translates what is often read before anybody asks. */
export default {
  name: "translation-worker",
  owner: "community@chargemap.example",
  kind: "worker",
  databases: ["community"],
  consumes: ["translations"],
  secrets: { TRANSLATION: "community/translation-provider" },
} satisfies ServiceInput;
