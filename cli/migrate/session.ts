import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import { loadFleet } from "../../environments/schema/load";
import type { Migration } from "../../environments/schema/migration";
import * as names from "../../environments/schema/names";
import { CredentialSource } from "../credentials";
import { lastingOptions } from "../delivery/clients";
import { CliError } from "../errors";
import { attachSandbox } from "../sandbox/emulator";
import { openMigration, type Look, type OpenMigration } from "./kinds";
import type { Measured } from "./measured";
import { migrationNamed } from "./migration-named";
import { selectorsOf } from "./stacks";

/** A migration with credentials of its account. */
export interface Session {
  readonly fleet: Fleet;
  readonly account: Account;
  readonly migration: Migration;
  readonly open: OpenMigration;
  /** ARN of whoever runs the command. */
  caller(): Promise<string>;
}

/** @throws CliError on an unknown id, and without credentials for the account */
export async function openSession(id: string, role: string, sandbox: boolean): Promise<Session> {
  const fleet = loadFleet();
  const { migration, account } = migrationNamed(fleet, id);
  if (sandbox) await attachSandbox();
  const source = new CredentialSource(fleet.organization.region);
  const options = await lastingOptions(source, account, role);
  return {
    fleet,
    account,
    migration,
    open: openMigration(fleet, account, migration, options),
    caller: () => source.caller(),
  };
}

/** How it is now. @throws CliError where AWS refuses to tell */
export async function lookAt(session: Session, measured?: Measured): Promise<Look> {
  return told(session.account, () => session.open.look(measured));
}

/** What AWS refuses is said with who may do it; everything else is passed on. */
export async function told<T>(account: Account, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error) || !REFUSED.test(`${error.name} ${error.message}`)) throw error;
    throw new CliError(
      `AWS refuses it in ${account.name}: ${error.message}`,
      `Bring credentials of ${names.APPLY_ROLE} of ${account.name} (${account.id}), or of somebody who may take it on.`,
    );
  }
}

const REFUSED =
  /AccessDenied|not authorized|UnauthorizedOperation|UnrecognizedClient|ExpiredToken|InvalidClientTokenId/;

/** @throws CliError when the migration's stack has not made what the phase works with */
export function requireApplied({ fleet, account, migration }: Session, { missing }: Look): void {
  if (missing === undefined) return;
  throw new CliError(
    `${migration.id} cannot be worked in phase ${migration.phase}: ${missing}. Nothing was changed.`,
    `Apply its stacks first: slipway up ${selectorsOf({ fleet, account, migration })}`,
  );
}
