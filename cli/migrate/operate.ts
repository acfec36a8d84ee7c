import { requireApproval } from "../approval";
import { colour, print } from "../output";
import { APPLY } from "../preparation";
import { startProgress } from "../progress";
import type { Asked, Operation } from "./kind";
import { keepRecord } from "./records";
import { lookAt, openSession, requireApplied, told } from "./session";

export interface OperateOptions extends Asked {
  readonly dryRun?: boolean;
  readonly autoApprove?: boolean;
  readonly sandbox?: boolean;
}

/** `slipway migrate start|stop|reload|assess`: does it, after asking where something would be lost. */
export async function operate(operation: Operation, id: string, options: OperateOptions): Promise<void> {
  const session = await openSession(id, APPLY, options.sandbox === true);
  const { fleet, account } = session;
  requireApplied(session, await lookAt(session));
  const intention = await told(account, () => session.open.intend(operation, options));
  print(intention.what);
  if (intention.danger !== undefined) print(`${colour.yellow("!")} ${intention.danger}`);
  if (options.dryRun === true) return print("Nothing was changed.");
  if (intention.danger !== undefined && !(await requireApproval("Go on?", options.autoApprove === true)))
    return print("Nothing was changed.");
  const progress = await startProgress(intention.what);
  try {
    const { text, record } = await told(account, () => intention.run((line) => progress.update(line)));
    progress.succeed(text);
    if (record === undefined) return;
    const direction = options.reverse === true ? "reverse" : "forward";
    const file = keepRecord(fleet, id, `${operation}-${direction}`, {
      migration: id,
      at: new Date().toISOString(),
      by: await session.caller(),
      ...record,
    });
    print(`Kept in ${file}; commit it.`);
  } catch (error) {
    progress.fail(intention.what);
    throw error;
  }
}
