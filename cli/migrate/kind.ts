import type { Account } from "../../environments/schema/account";
import type { Fleet } from "../../environments/schema/fleet";
import type { Migration } from "../../environments/schema/migration";
import type { EvidenceByPhase } from "../../environments/schema/migration/evidence";
import type { Phase } from "../../environments/schema/migration/phase";
import type { LastingOptions } from "../delivery/clients";
import type { Gate } from "./gate";
import type { Intention } from "./intention";
import type { Measure, Measured } from "./measured";

/** A migration, and the account of AWS that it is in. */
export interface Place<M extends Migration> {
  readonly fleet: Fleet;
  readonly account: Account;
  readonly migration: M;
  /** Options of the SDK's clients. */
  readonly options: LastingOptions;
}

/** What the gates of a phase are judged by. */
export interface Known<M extends Migration, O> {
  readonly migration: M;
  readonly observed: O;
  /** What an operator measured; none without `--measured`. */
  readonly measured?: Measured;
  /** How earlier phases were left. */
  readonly evidence: EvidenceByPhase;
  readonly now: Date;
}

/** The gates of one phase. */
export type PhaseGates<M extends Migration, O> = (known: Known<M, O>) => readonly Gate[];

/** A phase that can be left. */
export type LeavablePhase = Exclude<Phase, "decommission">;

/** Gates by phase; the last one is not left. */
export type GatesByPhase<M extends Migration, O> = Readonly<Record<LeavablePhase, PhaseGates<M, O>>>;

/** Rows under a heading, as `status` shows them. */
export interface Shown {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What evidence keeps beside the gates. */
export type Notes = Readonly<Record<string, string | number>>;

/** What an operator asked for of `start`, `stop`, `reload` and `assess`. */
export interface Asked {
  readonly validation?: boolean;
  readonly reverse?: boolean;
  /** Position in the target's log at which the way back begins. */
  readonly position?: string;
  /** The way back begins with what is written from now on. */
  readonly now?: boolean;
  /** Load everything anew. */
  readonly fromScratch?: boolean;
  /** Tables as schema.table; none: those that need it. */
  readonly tables?: readonly string[];
  /** Test connections only. */
  readonly connections?: boolean;
}

export type Operation = "start" | "stop" | "reload" | "assess";

/** One kind of migration: how it is looked at, judged, and worked. */
export interface MigrationKind<M extends Migration, O> {
  observe(place: Place<M>, now: Date): Promise<O>;
  readonly gates: GatesByPhase<M, O>;
  /** What an operator measures before a phase is left. */
  measures(migration: M, phase: Phase): readonly Measure[];
  /** What of its stack is not there yet, in words. */
  missing(migration: M, observed: O): string | undefined;
  show(observed: O): readonly Shown[];
  /** One line of how far it is, for `--watch`. */
  progress(observed: O): string;
  notes(observed: O): Notes;
  /**
   * What an operation would do now.
   * @throws CliError where it must not be done, or there is nothing to do.
   */
  intend(operation: Operation, place: Place<M>, observed: O, asked: Asked): Intention;
}
