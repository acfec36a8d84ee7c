import { email, plainText, slug } from "../common";
import { gates } from "./gates";
import { migrationNetwork } from "./network";
import { phase } from "./phase";
import { rollback } from "./rollback";
import { traffic } from "./traffic";
import { migrationWaiver } from "./waivers";

/** What every migration says, whatever moves. */
export const everyMigration = {
  id: slug(20).describe("Short name; it ends the stack's id and is in the names of all that it makes."),
  owner: email.describe("Who answers for the migration."),
  changeRef: plainText(3, 100).describe("The change ticket that it runs under."),
  account: slug(16).describe("Account that it moves data into."),
  description: plainText(8, 200).describe("What moves, from where, and why: at least eight characters."),
  phase: phase.describe(
    "Where it stands. `slipway migrate advance` changes this word once the gates of the phase hold.",
  ),
  network: migrationNetwork.describe("How the source is reached."),
  gates: gates.prefault({}).describe("Limits within which a phase may be left."),
  traffic: traffic.optional().describe("How clients move. Default: somewhere else."),
  rollback: rollback.describe("The way back after the cutover."),
  waivers: migrationWaiver.array().default([]).describe("Exceptions of this migration. Default: none."),
};
