import { dmsMigration, type DmsMigration } from "../../environments/schema/migration/dms";
import type {
  Direction,
  DmsObservation,
  TableObservation,
  TaskObservation,
} from "../../cli/migrate/dms/observation";
import { SHOP } from "./migrations";

/** The shop's migration, parsed, with changes. */
export const shop = (change: Readonly<Record<string, unknown>> = {}): DmsMigration =>
  dmsMigration.parse({ ...SHOP, ...change });

/** A table that was loaded and compared. */
export const table = (name: string, change: Partial<TableObservation> = {}): TableObservation => ({
  schema: "public",
  table: name,
  state: "Table completed",
  rows: 1000,
  inserts: 7,
  updates: 2,
  deletes: 1,
  validationState: "Validated",
  validationPending: 0,
  validationFailed: 0,
  validationSuspended: 0,
  ...change,
});

/** A task that runs well. */
export const task = (direction: Direction, change: Partial<TaskObservation> = {}): TaskObservation => ({
  direction,
  id: `live-shop-${direction}`,
  arn: `arn:aws:dms:eu-central-1:200000000003:task:shop-${direction}`,
  status: "running",
  migrationType: direction === "reverse" ? "cdc" : "full-load-and-cdc",
  hasRun: true,
  fullLoadPercent: 100,
  tablesLoaded: 2,
  tablesLoading: 0,
  tablesQueued: 0,
  tablesErrored: 0,
  tables: [table("customers"), table("orders")],
  latency: { minutes: 15, measured: 15, source: 2, target: 3 },
  incomingChanges: 0,
  ...change,
});

/** Everything as it should be while changes follow. */
export const healthy = (change: Partial<DmsObservation> = {}): DmsObservation => ({
  kind: "dms",
  tasks: [task("forward"), task("validation")],
  connections: [
    { endpoint: "live-shop-source", status: "successful" },
    { endpoint: "live-shop-target", status: "successful" },
  ],
  assessment: { name: "shop-1", status: "passed" },
  ...change,
});
