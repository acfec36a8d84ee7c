import { App } from "cdktf";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { CompositionError } from "./errors";
import { KINDS, type Platform, type PlatformOptions } from "./graph";
import { enforceGuardrails } from "./guardrails";
import { withoutTraces } from "./without-traces";

/**
 * Builds one stack of an account, held to all guardrails, and no other: what one service waits for does not grow with
 * their number. Who publishes what it reads, and what must be applied before it, is not looked at.
 * @throws CompositionError when the account has no such stack, or it waits for a fact.
 */
export function buildAlone(fleet: Fleet, account: Account, id: string, options: PlatformOptions): Platform {
  return withoutTraces(() => {
    const planned = KINDS.flatMap((kind) => kind(fleet, account)).map((plan) => ({
      id: names.stackId(plan.account, plan.concern, plan.name),
      plan,
    }));
    const found = planned.find((each) => each.id === id);
    if (found === undefined) throw new CompositionError(`${account.name} has no stack ${id}`);
    const { plan } = found;
    if ((plan.waitsFor ?? []).length > 0)
      throw new CompositionError(`${id} waits for a fact of ${account.name}`);
    const app = new App(options.outdir === undefined ? {} : { outdir: options.outdir });
    const stack = plan.build(app, { liftProtection: options.liftProtection?.has(id) ?? false });
    // Of what is not built, any waiver may be.
    const others = fleet.accounts
      .flatMap((each) => KINDS.flatMap((kind) => kind(fleet, each)))
      .map((each) => ({ id: names.stackId(each.account, each.concern, each.name) }))
      .filter((each) => each.id !== id);
    enforceGuardrails(fleet, [{ id, stack }, ...others], options.liftProtection);
    const { concern, name, lacks = [] } = plan;
    return {
      app,
      fleet,
      stacks: [
        {
          id,
          account,
          concern,
          ...(name === undefined ? {} : { name }),
          stack,
          dependsOn: [],
          waitsFor: [],
          lacks,
        },
      ],
    };
  });
}
