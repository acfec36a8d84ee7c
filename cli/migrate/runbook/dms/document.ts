import type { DmsMigration } from "../../../../environments/schema/migration/dms";
import { selectorsOf } from "../../stacks";
import { DMS } from "../../dms/kind";
import { signOff } from "../closing";
import { type Context } from "../context";
import { endsOf } from "../ends";
import { runbookOfEngine } from "../engines/of";
import { inOrder } from "../order";
import { checklist, piped, sh, type Section } from "../text";
import { deploy, followAndCompare, fullLoad, prerequisites } from "./before";
import { freeze, rollbackBranch, sequences, startReverse, stopForward } from "./cutover";

/** The runbook of a migration by DMS, from its first plan to its sign-off. */
export const dmsSections = (context: Context<DmsMigration>): readonly Section[] =>
  inOrder(context, (phase) => DMS.measures(context.migration, phase), {
    copying: [prerequisites(context), deploy(context), fullLoad(context), followAndCompare(context)],
    cutover: [freeze(context), stopForward(context), sequences(context), startReverse(context)],
    rollback: rollbackBranch(context),
    decommission: decommission(context),
  });

/** Nothing of DMS stays, at either end. */
function decommission(context: Context<DmsMigration>): Section {
  const { source, target } = endsOf(context);
  return {
    title: "Decommission, sign-off",
    blocks: [
      "In phase decommission the tasks, endpoints and compute are gone, and slots and tables of DMS can be removed:",
      sh(`slipway plan ${selectorsOf(context)}`, `slipway up ${selectorsOf(context)}`),
      ...[source, target].flatMap((end) => {
        const engine = runbookOfEngine(end.endpoint.engineName);
        return engine === undefined
          ? []
          : [
              `At the ${end.name}: replication slots, tables \`awsdms_*\`, the marker's table, DMS's user. Each block prints statements, and runs them:`,
              piped(`${end.name}_admin`, `${end.name}_admin`, ...engine.cleanUp(end)),
            ];
      }),
      checklist(
        "no replication slot of DMS is left",
        "no table `awsdms_*` is left",
        "the users of DMS are gone, at both ends",
        "the source's last backup is kept as long as the law says, and the source is shut down",
        "the secrets of the migration are taken out of the account's definition, and applied",
      ),
      ...signOff(context),
    ],
  };
}
