import type { Account } from "../account";
import type { Fleet } from "../fleet";
import type { DmsMigration } from "../migration/dms";
import { ENGINE } from "../migration/engines";
import type { Violation } from "../violation";
import { isWaived, perDmsMigration, type Found } from "./per-migration";

/** The tasks of a migration by DMS are such as DMS takes, and as it can run. */
export function checkDmsTasks(fleet: Fleet): Violation[] {
  return perDmsMigration(fleet, (migration, account) => [
    ...compute(migration),
    ...serverless(migration),
    ...start(migration),
    ...loads(migration),
    ...batches(migration),
    ...largeObjects(migration),
    ...validation(migration),
    ...wayToSecrets(migration, account),
  ]);
}

function compute({ compute: given }: DmsMigration): Found[] {
  if (given.mode === "serverless")
    return given.minCapacityUnits <= given.maxCapacityUnits
      ? []
      : [
          {
            path: "compute.minCapacityUnits",
            given: given.minCapacityUnits,
            allowed: `at most maxCapacityUnits, ${given.maxCapacityUnits}`,
          },
        ];
  return given.multiAz === true && given.availabilityZone !== undefined
    ? [
        {
          path: "compute.availabilityZone",
          given: given.availabilityZone,
          allowed: "nothing with multiAz, which takes two zones of AWS's choice",
          mend: "remove one of the two",
        },
      ]
    : [];
}

function serverless({
  compute: { mode },
  reverse,
  validation: { separateTask },
  task,
}: DmsMigration): Found[] {
  if (mode !== "serverless") return [];
  const instance = 'write compute: { mode: "instance", ... }';
  return [
    ...(reverse.enabled
      ? [
          {
            path: "reverse.enabled",
            given: true,
            allowed: "false: a serverless replication has one direction, and stays with it",
            mend: `${instance}, or another rollback.strategy`,
          },
        ]
      : []),
    ...(separateTask
      ? [
          {
            path: "validation.separateTask",
            given: true,
            allowed: "false: a serverless replication is one task",
            mend: `${instance}, or remove it`,
          },
        ]
      : []),
    ...(["cdcStartPosition", "cdcStartTime"] as const).flatMap((field) =>
      task[field] === undefined
        ? []
        : [
            {
              path: `task.${field}`,
              given: task[field],
              allowed: "nothing with DMS Serverless: it is said when the replication is started",
              mend: `${instance}, or remove it`,
            },
          ],
    ),
  ];
}

function start({ task, source }: DmsMigration): Found[] {
  const { migrationType, cdcStartPosition, cdcStartTime } = task;
  const { title, cdcStartTime: byTime } = ENGINE[source.engineName];
  const given = [
    ["cdcStartPosition", cdcStartPosition],
    ["cdcStartTime", cdcStartTime],
  ] as const;
  return given.flatMap(([field, value]): Found[] => {
    if (value === undefined) return [];
    const path = `task.${field}`;
    if (migrationType !== "cdc")
      return [
        {
          path,
          given: value,
          allowed: `nothing with ${migrationType}, which reads changes from the beginning of the load`,
          mend: 'remove it, or write migrationType: "cdc"',
        },
      ];
    if (field === "cdcStartPosition") return [];
    if (!byTime)
      return [
        {
          path,
          given: value,
          allowed: `nothing for ${title}, whose changes have positions and no times`,
          mend: "write cdcStartPosition, with the slot in source.postgresSettings.slotName",
        },
      ];
    return cdcStartPosition === undefined
      ? []
      : [
          {
            path,
            given: value,
            allowed: "either cdcStartPosition or cdcStartTime",
            mend: "remove one of the two",
          },
        ];
  });
}

function loads({ task: { migrationType }, source }: DmsMigration): Found[] {
  return source.engineName === "s3" && migrationType !== "full-load"
    ? [
        {
          path: "task.migrationType",
          given: migrationType,
          allowed: '"full-load" from s3: files that are there, and no changes',
        },
      ]
    : [];
}

function batches({ task: { settings }, reverse }: DmsMigration): Found[] {
  if (!settings.batchApplyEnabled) return [];
  return [
    ...(reverse.loopbackPrevention
      ? [
          {
            path: "task.settings.batchApplyEnabled",
            given: true,
            allowed: "false with reverse.loopbackPrevention: batches lose who wrote what",
            mend: "remove one of the two",
          },
        ]
      : []),
    ...(settings.lob.mode === "full"
      ? [
          {
            path: "task.settings.lob.mode",
            given: settings.lob.mode,
            allowed:
              "limited or none with batchApplyEnabled: batches take large objects in limited mode only",
            mend: 'write lob: { mode: "limited", maxSize: ... } with the largest there is, or remove batchApplyEnabled',
          },
        ]
      : []),
  ];
}

/** https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html#CHAP_Target.S3.Limitations */
function largeObjects({ task: { settings }, target }: DmsMigration): Found[] {
  return target.engineName === "s3" && settings.lob.mode === "full"
    ? [
        {
          path: "task.settings.lob.mode",
          given: settings.lob.mode,
          allowed: "limited or none to s3: DMS writes large objects into files in limited mode only",
          mend: 'write lob: { mode: "limited", maxSize: ... } with the largest there is',
        },
      ]
    : [];
}

function validation(migration: DmsMigration): Found[] {
  const { validation: given, source, target } = migration;
  const blind = (["source", "target"] as const).find(
    (end) => !ENGINE[migration[end].engineName].validation[end],
  );
  if (given.enabled && blind !== undefined)
    return [
      {
        path: "validation.enabled",
        given: true,
        allowed: `false: DMS cannot compare ${ENGINE[source.engineName].title} with ${ENGINE[target.engineName].title}`,
        mend: "set it to false, compare counts and hashes, and waive validation with that as evidence",
      },
    ];
  if (given.enabled) return [];
  return [
    ...(given.separateTask
      ? [
          {
            path: "validation.separateTask",
            given: true,
            allowed: "false without validation.enabled",
            mend: "remove one of the two",
          },
        ]
      : []),
    ...(isWaived(migration, "validation")
      ? []
      : [
          {
            path: "validation.enabled",
            given: false,
            allowed: "true, or a waiver of the control validation that says what is compared instead",
            mend: "remove it, or add a waiver",
          },
        ]),
  ];
}

/** DMS asks Secrets Manager from within the VPC. */
function wayToSecrets(_: DmsMigration, { name, capabilities, network }: Account): Found[] {
  if (network === undefined) return [];
  return capabilities.natGateways === "none" && !capabilities.interfaceEndpoints.includes("secretsmanager")
    ? [
        {
          path: "account",
          given: name,
          allowed:
            "an account in which DMS can reach Secrets Manager: it has neither a NAT gateway nor an endpoint",
          mend: `add secretsmanager to capabilities.interfaceEndpoints of ${name}`,
        },
      ]
    : [];
}
