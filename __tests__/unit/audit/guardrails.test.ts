import { GUARDRAILS } from "../../../modules/audit/guardrails";
import { bucketCompanions } from "../../../modules/audit/guardrails/bucket-companions";
import { audit, STACK, type Example, type Fault } from "./audited";
import { CACHE_FAULTS, CACHE_SOUND } from "./examples/caches";
import { API_FAULTS, API_SOUND } from "./examples/apis";
import { DATABASE_FAULTS, DATABASE_SOUND } from "./examples/databases";
import { DELIVERY_FAULTS, DELIVERY_SOUND } from "./examples/delivery";
import { DOCUMENT_FAULTS, DOCUMENT_SOUND } from "./examples/document-databases";
import { DOOR_FAULTS, DOOR_SOUND } from "./examples/doors";
import { EDGE_FAULTS, EDGE_SOUND } from "./examples/edge";
import { BACKEND_FAULTS, FOUNDATION_FAULTS, FOUNDATION_SOUND } from "./examples/foundation";
import { IDENTITY_FAULTS, IDENTITY_SOUND } from "./examples/identity";
import { INSTANCE_FAULTS, INSTANCE_SOUND } from "./examples/instances";
import { MESSAGE_FAULTS, MESSAGE_SOUND } from "./examples/messages";
import { OBSERVABILITY_FAULTS, OBSERVABILITY_SOUND } from "./examples/observability";
import { PRIVATE_ENDPOINT_FAULTS, PRIVATE_ENDPOINT_SOUND } from "./examples/private-endpoints";
import { RETENTION_FAULTS, RETENTION_SOUND } from "./examples/retention";
import { SEARCH_FAULTS, SEARCH_SOUND } from "./examples/search";
import { REPLICATION_FAULTS, REPLICATION_SOUND } from "./examples/replications";
import { SPOILED_BUCKETS, STORE_FAULTS, STORE_SOUND } from "./examples/stores";
import { TABLE_FAULTS, TABLE_SOUND } from "./examples/tables";
import { WILDCARD_FAULTS, WILDCARD_SOUND } from "./examples/wildcards";
import { WORKLOAD_FAULTS, WORKLOAD_SOUND } from "./examples/workloads";

const FAULTS = [
  ...FOUNDATION_FAULTS,
  ...IDENTITY_FAULTS,
  ...STORE_FAULTS,
  ...WORKLOAD_FAULTS,
  ...WILDCARD_FAULTS,
  ...OBSERVABILITY_FAULTS,
  ...EDGE_FAULTS,
  ...INSTANCE_FAULTS,
  ...MESSAGE_FAULTS,
  ...CACHE_FAULTS,
  ...SEARCH_FAULTS,
  ...DATABASE_FAULTS,
  ...DELIVERY_FAULTS,
  ...DOOR_FAULTS,
  ...REPLICATION_FAULTS,
  ...DOCUMENT_FAULTS,
  ...TABLE_FAULTS,
  ...API_FAULTS,
  ...RETENTION_FAULTS,
  ...PRIVATE_ENDPOINT_FAULTS,
];
const SOUND = [
  ...FOUNDATION_SOUND,
  ...IDENTITY_SOUND,
  ...STORE_SOUND,
  ...WORKLOAD_SOUND,
  ...WILDCARD_SOUND,
  ...OBSERVABILITY_SOUND,
  ...EDGE_SOUND,
  ...INSTANCE_SOUND,
  ...MESSAGE_SOUND,
  ...CACHE_SOUND,
  ...SEARCH_SOUND,
  ...DATABASE_SOUND,
  ...DELIVERY_SOUND,
  ...DOOR_SOUND,
  ...REPLICATION_SOUND,
  ...DOCUMENT_SOUND,
  ...TABLE_SOUND,
  ...API_SOUND,
  ...RETENTION_SOUND,
  ...PRIVATE_ENDPOINT_SOUND,
];

const titled = <T extends Example>(examples: readonly T[]) =>
  examples.map((example) => [example.guardrail.id, example.shows, example] as const);

function expectFault(example: Fault, ownBackend = false): void {
  const findings = audit(example, ownBackend);
  expect(findings.map(({ stack, address }) => `${stack}/${address}`)).toContain(
    `${STACK}/${example.address}`,
  );
  expect(findings.map(({ given }) => given).join("\n")).toContain(example.given);
  expect(JSON.stringify(findings)).not.toContain("hunter2");
}

test.each(titled(FAULTS))("%s refuses %s", (_id, _shows, example) => expectFault(example));

test.each(titled(BACKEND_FAULTS))("%s refuses %s", (_id, _shows, example) => expectFault(example, true));

test.each(SPOILED_BUCKETS)(
  "bucket-companions refuses a bucket with %s, and nothing else of it",
  (shows, build, given) => {
    const findings = audit({ guardrail: bucketCompanions, shows, build });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.given).toContain(given);
  },
);

test.each(titled(SOUND))("%s accepts %s", (_id, _shows, example) => {
  expect(audit(example).map(({ address, given }) => `${address}: ${given}`)).toEqual([]);
});

test("every guardrail has an example that it refuses and one that it accepts", () => {
  const ids = GUARDRAILS.map(({ id }) => id);
  expect(ids.filter((id) => !FAULTS.some(({ guardrail }) => guardrail.id === id))).toEqual([]);
  expect(ids.filter((id) => !SOUND.some(({ guardrail }) => guardrail.id === id))).toEqual([]);
});

test("ids of guardrails are words that waivers can name, each once", () => {
  const ids = GUARDRAILS.map(({ id }) => id);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
