import type { Account } from "../account";
import { overlap, parseCidr, SMALLEST_SUBNET, tierSubnet, type Cidr } from "../cidr";
import type { Fleet } from "../fleet";
import type { Violation } from "../violation";

/** Ranges are well formed, hold their subnets, and are disjoint where networks may meet; tasks reach AWS. */
export function checkNetworks(fleet: Fleet): Violation[] {
  const violations: Violation[] = [];
  const known: { account: Account; cidr: Cidr }[] = [];
  const zones = new Map<string, string>();
  for (const account of fleet.accounts) {
    const { network } = account;
    if (network === undefined) continue;
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const report = (path: string, given: unknown, allowed: string, mend?: string) =>
      violations.push({ file, path, given, allowed, ...(mend === undefined ? {} : { mend }) });
    violations.push(...outbound(account, file));
    const holder = zones.get(network.publicZone);
    if (holder !== undefined)
      report("network.publicZone", network.publicZone, `a zone of its own; ${holder} has this one`);
    zones.set(network.publicZone, account.name);
    network.availabilityZones.forEach((zone, index) => {
      if (network.availabilityZones.indexOf(zone) !== index)
        report(`network.availabilityZones[${index}]`, zone, "each zone once");
    });
    const cidr = parsed(network.cidrBlock);
    if (cidr === undefined) {
      report(
        "network.cidrBlock",
        network.cidrBlock,
        "a range whose first address is its base, such as 10.20.0.0/16",
      );
      continue;
    }
    if (cidr.prefix < 16) {
      report("network.cidrBlock", network.cidrBlock, "/16 to /22; AWS makes no VPC larger than /16");
      continue;
    }
    if (cidr.prefix + 6 > SMALLEST_SUBNET) {
      report(
        "network.cidrBlock",
        network.cidrBlock,
        `/16 to /22; the public and isolated subnets would be /${cidr.prefix + 6}, and AWS makes none smaller than /${SMALLEST_SUBNET}`,
        "choose a /22 or larger",
      );
      continue;
    }
    // Proves that every subnet lies within the VPC; throws on a layout that cannot be.
    network.availabilityZones.forEach((_, position) => tierSubnet(cidr, "isolated", position));
    for (const other of known) {
      if (!network.mayMeet || !other.account.network?.mayMeet || !overlap(cidr, other.cidr)) continue;
      report(
        "network.cidrBlock",
        network.cidrBlock,
        `a range that shares no address with ${other.account.name}'s ${other.account.network.cidrBlock}`,
        "choose a free range, or set network.mayMeet to false in one of the two",
      );
    }
    known.push({ account, cidr });
  }
  return violations;
}

const NEEDED_WITHOUT_NAT = ["ecr.api", "ecr.dkr", "logs"];

function outbound(account: Account, file: string): Violation[] {
  if (account.hosting === undefined || account.capabilities.natGateways !== "none") return [];
  const stores = Object.values(account.secrets).map(({ store }) =>
    store === "secretsManager" ? "secretsmanager" : "ssm",
  );
  const missing = [
    ...new Set([...NEEDED_WITHOUT_NAT, ...stores, ...(stores.length > 0 ? ["kms"] : [])]),
  ].filter((name) => !account.capabilities.interfaceEndpoints.includes(name));
  if (missing.length === 0) return [];
  return [
    {
      file,
      path: "capabilities.interfaceEndpoints",
      given: account.capabilities.interfaceEndpoints,
      allowed: `at least ${missing.join(", ")} too: without a NAT gateway tasks reach AWS by endpoints only`,
      mend: 'add them, or set capabilities.natGateways to "one"',
    },
  ];
}

function parsed(text: string): Cidr | undefined {
  try {
    return parseCidr(text);
  } catch {
    return undefined;
  }
}
