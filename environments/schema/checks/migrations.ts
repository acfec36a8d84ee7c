import type { Fleet } from "../fleet";
import type { Account } from "../account";
import type { Migration } from "../migration";
import { phasesBefore } from "../migration/phase";
import { nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Each migration is in an account that can hold it, is reached by a way that there is, and skips no phase. */
export function checkMigrations(fleet: Fleet): Violation[] {
  return fleet.migrations.flatMap((migration) => {
    const account = fleet.accounts.find(({ name }) => name === migration.account);
    const found =
      account === undefined
        ? [unknownAccount(fleet, migration)]
        : [...place(migration, account), ...way(migration, account), ...waysBack(migration)];
    return [...found, ...skippedPhases(fleet, migration)].map((violation) => ({
      ...violation,
      file: fleet.sources.migrations[migration.id] ?? migration.id,
    }));
  });
}

function unknownAccount(fleet: Fleet, { account }: Migration): Found {
  const known = fleet.accounts.filter(({ kind }) => kind === "workload").map(({ name }) => name);
  const meant = nearest(account, known);
  return {
    path: "account",
    given: account,
    allowed: `an account of the organization: ${known.join(", ")}`,
    ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
  };
}

function place({ account: name }: Migration, account: Account): Found[] {
  if (account.kind !== "workload")
    return [
      {
        path: "account",
        given: name,
        allowed: `an account of kind workload; ${name} is of kind ${account.kind}`,
        mend: "move data into the account whose services use it",
      },
    ];
  if (account.registry !== undefined)
    return [
      {
        path: "account",
        given: name,
        allowed: `an account without the registry; with it, the role that applies ${name} would need an eleventh policy, and AWS lets it have ten`,
        mend: "keep the registry in an account of kind shared-services",
      },
    ];
  return account.network === undefined
    ? [
        {
          path: "account",
          given: name,
          allowed: "an account with network, whose subnets replication is in",
          mend: `add a network section to ${name}`,
        },
      ]
    : [];
}

function way({ network: given }: Migration, { name, network, capabilities }: Account): Found[] {
  if (given.path === "egress" && capabilities.natGateways === "none")
    return [
      {
        path: "network.path",
        given: given.path,
        allowed: `a way out that ${name} has: it has no NAT gateway, and so no fixed address`,
        mend: `set capabilities.natGateways of ${name}, or reach the source by a VPN`,
      },
    ];
  const vpns = Object.keys(network?.siteToSiteVpns ?? {});
  if (given.path !== "vpn" || vpns.includes(given.vpn)) return [];
  const meant = nearest(given.vpn, vpns);
  return [
    {
      path: "network.vpn",
      given: given.vpn,
      allowed: `a VPN of network.siteToSiteVpns of ${name}: ${vpns.join(", ") || "it has none"}`,
      mend: meant === undefined ? `declare it in network.siteToSiteVpns of ${name}` : `write "${meant}"`,
    },
  ];
}

/** A way back that replication is to keep open is one that a task of the migration keeps. */
function waysBack(migration: Migration): Found[] {
  const { strategy } = migration.rollback;
  const replicates = migration.kind === "dms" && migration.reverse.enabled;
  if (strategy === "reverse-replication" && !replicates)
    return [
      {
        path: "rollback.strategy",
        given: strategy,
        allowed:
          migration.kind === "dms"
            ? "reverse-replication together with reverse.enabled, or another strategy"
            : `reverse-copy, dual-write or loss-declared: nothing replicates ${migration.kind} back`,
        mend: migration.kind === "dms" ? "set reverse.enabled: true" : "choose one of these",
      },
    ];
  const waived = migration.waivers.some(({ control }) => control === "rollback");
  return strategy === "loss-declared" && !waived
    ? [
        {
          path: "rollback.strategy",
          given: strategy,
          allowed: "a way back, or a waiver of the control rollback in which its owner declares the loss",
          mend: "add a waiver, or choose another strategy",
        },
      ]
    : [];
}

/** A phase begins when the one before it was left with evidence, and so on back to the first. */
function skippedPhases(fleet: Fleet, { id, account, phase }: Migration): Found[] {
  const evidence = fleet.evidence[id] ?? {};
  return phasesBefore(phase).flatMap((before): Found[] => {
    const proof = evidence[before];
    const missing = {
      path: "phase",
      given: phase,
      mend: `write the phase that it is in; slipway migrate advance ${id} goes on from there`,
    };
    const file = `migrations/evidence/${id}/${before}.json`;
    if (proof === undefined)
      return [
        { ...missing, allowed: `a phase whose earlier ones were left with evidence; ${file} is not there` },
      ];
    if (proof.migration !== id || proof.account !== account || proof.from !== before)
      return [
        {
          ...missing,
          allowed: `evidence of ${id} in ${account} leaving ${before}; ${file} is of ${proof.migration} in ${proof.account} leaving ${proof.from}`,
        },
      ];
    const failed = proof.gates.filter(({ holds, waived }) => !holds && !waived).map(({ gate }) => gate);
    return failed.length === 0
      ? []
      : [
          {
            ...missing,
            allowed: `evidence in which every gate holds; in ${file} these do not: ${failed.join(", ")}`,
          },
        ];
  });
}
