import type { DmsMigration } from "../../../environments/schema/migration/dms";
import type { GatesByPhase } from "../kind";
import { cutoverGates, rollbackWindowGates } from "./cutover-gates";
import { cdcGates, fullLoadGates, prepareGates } from "./load-gates";
import type { DmsObservation } from "./observation";
import { validatedGates } from "./validation-gates";

/** What has to hold before a migration by DMS leaves each phase. */
export const DMS_GATES: GatesByPhase<DmsMigration, DmsObservation> = {
  prepare: prepareGates,
  "full-load": fullLoadGates,
  cdc: cdcGates,
  validated: validatedGates,
  cutover: cutoverGates,
  "rollback-window": rollbackWindowGates,
};
