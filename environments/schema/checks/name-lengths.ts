import { shardCount, type DoorLedger } from "../door-ledger";
import { doorLedger, servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import { takesTurns } from "../service/deployment";
import type { Violation } from "../violation";
import { perService } from "./per-service";

/** Longest names, in characters, that AWS takes. The page of each limit stands beside it. */
export const NAME_LIMITS = {
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  loadBalancer: 32,
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
  targetGroup: 32,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  role: 64,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  bucket: 63,
  // https://docs.aws.amazon.com/AmazonRoute53/latest/DeveloperGuide/DomainNameFormat.html
  domainName: 253,
  // RFC 5280: the common name of a certificate, which ACM limits to
  certificateName: 64,
} as const;

/** Every name, once prefixed, fits AWS's limit for its kind. */
export function checkNameLengths(fleet: Fleet): Violation[] {
  const { organization } = fleet;
  const accounts = fleet.accounts.flatMap((account): Violation[] => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    const found: (Violation | undefined)[] = [
      tooLong(file, "name", account.name, names.stateBucket(organization, account), "bucket"),
    ];
    if (account.hosting !== undefined) {
      found.push(
        tooLong(file, "name", account.name, names.bucket(organization, account, "access-logs"), "bucket"),
      );
      for (const door of Object.keys(account.hosting.loadBalancers)) {
        const path = `hosting.loadBalancers.${door}`;
        const ledger = doorLedger(fleet, account);
        found.push(
          tooLong(file, path, door, names.loadBalancer(account, lastShard(ledger, door)), "loadBalancer"),
        );
      }
    }
    for (const store of Object.keys(account.data?.buckets ?? {})) {
      found.push(
        tooLong(file, `data.buckets.${store}`, store, names.bucket(organization, account, store), "bucket"),
      );
    }
    for (const store of Object.keys(account.data?.mysqlClusters ?? {})) {
      const bucket = names.bucket(organization, account, names.mysqlBackups(store));
      found.push(tooLong(file, `data.mysqlClusters.${store}`, store, bucket, "bucket"));
    }
    if (account.network !== undefined) {
      const zone = names.privateZone(account.network.publicZone);
      found.push(
        tooLong(file, "network.publicZone", account.network.publicZone, `*.${zone}`, "certificateName"),
      );
    }
    return found.flatMap((violation) => violation ?? []);
  });
  const services = perService(fleet, (service, account) =>
    [
      tooLong("", "name", service.name, names.executionRole(account, service), "role"),
      ...service.loadBalancers.map((door) =>
        tooLong(
          "",
          "name",
          service.name,
          (takesTurns(service.deploymentConfiguration) ? names.alternateTargetGroup : names.targetGroup)(
            service,
            lastShard(doorLedger(fleet, account), door.alb),
          ),
          "targetGroup",
        ),
      ),
      ...service.networkDoors.map((door) =>
        tooLong("", "name", service.name, names.networkTargetGroup(service, door), "targetGroup"),
      ),
      ...service.apis.flatMap(({ api, stream }) =>
        stream === undefined
          ? []
          : [tooLong("", "name", service.name, names.apiStreamRole(account, service, api, stream), "role")],
      ),
    ].flatMap((violation) => (violation === undefined ? [] : [violation])),
  );
  return [...accounts, ...services, ...zoneClashes(fleet)];
}

/** The longest name of a load balancer's. */
const lastShard = (ledger: DoorLedger, door: string) => names.shard(door, shardCount(ledger, door));

function tooLong(
  file: string,
  path: string,
  part: string,
  name: string,
  kind: keyof typeof NAME_LIMITS,
): Violation | undefined {
  const limit = NAME_LIMITS[kind];
  if (name.length <= limit) return undefined;
  const left = limit - (name.length - part.length);
  return {
    file,
    path,
    given: part,
    allowed: `at most ${left} characters; with what is put around it, the ${words(kind)} "${name}" has ${name.length}, and AWS takes ${limit}`,
    mend: `shorten it by ${part.length - left}`,
  };
}

const words = (kind: string) => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A host may not be a label that the private zone or the namespace stands on. */
function zoneClashes(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    servicesIn(fleet, account).flatMap((service) =>
      [...service.loadBalancers, ...service.networkDoors].flatMap(({ host }, index) =>
        host === "internal" || host === "services"
          ? [
              {
                file: fleet.sources.services[service.name] ?? service.name,
                path: `loadBalancers[${index}].host`,
                given: host,
                allowed: "any label but internal and services, which are zones",
              },
            ]
          : [],
      ),
    ),
  );
}
