import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import type { PlatformStack, PlatformStackProps } from "./platform-stack";

/** A fact that only AWS can generate and that is not recorded yet. */
export interface MissingFact {
  /** The account whose facts lack it. */
  readonly account: string;
  /** Its field. */
  readonly fact: string;
  /** What cannot be made without it. */
  readonly needed: string;
  /** After what it can be recorded. @default their networks are applied */
  readonly after?: string;
  /**
   * Whether applying without it would fail or hang on AWS, although it can be planned.
   * @default false
   */
  readonly blocksApply?: boolean;
}

/** What a run asks of a stack beyond its description. */
export interface BuildOptions extends Pick<PlatformStackProps, "liftProtection"> {
  /** Grants that the permissions stack keeps for now. @default none */
  readonly keptGrants?: ReadonlySet<string>;
}

/** A stack that the organization calls for. */
export interface PlannedStack {
  readonly account: Account;
  readonly concern: string;
  readonly name?: string;
  /** Facts without which the stack cannot be made at all: it waits. */
  readonly waitsFor?: readonly MissingFact[];
  /** Facts without which a part of it is left out, until they are recorded and it is applied again. */
  readonly lacks?: readonly MissingFact[];
  /** Makes the stack. */
  build(scope: Construct, options: BuildOptions): PlatformStack;
}

/** A kind of stack: which of them an account needs. */
export type StackKind = (fleet: Fleet, account: Account) => readonly PlannedStack[];
