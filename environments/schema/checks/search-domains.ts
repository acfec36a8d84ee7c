import type { Account } from "../account";
import { searchNodes, type SearchDomain } from "../data/search-domain";
import type { Fleet } from "../fleet";
import * as names from "../names";
import { SEARCH_INSTANCE_TYPES, SEARCH_VOLUME_MOST } from "../node-types";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Longest name of a domain. https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html */
const LONGEST = 28;
/** Longest name of a bucket. */
const LONGEST_BUCKET = 63;

/** Search domains are such as OpenSearch has, and their zones such as the network has. */
export function checkSearchDomains(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const file = fleet.sources.accounts[account.name] ?? account.name;
    return Object.entries(account.data?.searchDomains ?? {}).flatMap(([name, domain]) => {
      const path = formatPath(["data", "searchDomains", name]);
      return [
        ...tooLong(path, name, names.store(account, name), LONGEST, "domain"),
        ...tooLong(
          path,
          name,
          names.searchSnapshots(fleet.organization, account, name),
          LONGEST_BUCKET,
          "bucket",
        ),
        ...faults(domain, account).map((found) => ({ ...found, path: `${path}.${found.path}` })),
      ].map((found) => ({ ...found, file }));
    });
  });
}

function tooLong(path: string, part: string, name: string, limit: number, what: string): Found[] {
  const over = name.length - limit;
  return over <= 0
    ? []
    : [
        {
          path,
          given: part,
          allowed: `at most ${part.length - over} characters: the ${what} "${name}" has ${name.length}, and AWS takes ${limit}`,
          mend: `shorten it by ${over}`,
        },
      ];
}

function faults(domain: SearchDomain, account: Account): Found[] {
  const nodes = searchNodes(domain, account);
  return [
    ...instanceType("instanceType", nodes.instanceType),
    ...(nodes.dedicatedMasters ? instanceType("dedicatedMasterType", domain.dedicatedMasterType) : []),
    ...zones(nodes, account),
    ...volume(domain, nodes.instanceType),
  ];
}

function instanceType(path: string, given: string): Found[] {
  if (SEARCH_INSTANCE_TYPES.has(given)) return [];
  const meant = nearest(given, [...SEARCH_INSTANCE_TYPES]);
  return [
    {
      path,
      given,
      allowed: "an instance type of OpenSearch that keeps its data on EBS, such as r7g.large.search",
      mend: meant === undefined ? "choose one of the families t3, m7g, r7g, c7g" : `write "${meant}"`,
    },
  ];
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html */
function zones(nodes: ReturnType<typeof searchNodes>, { capabilities, network }: Account): Found[] {
  const { availabilityZoneCount: count, instanceCount } = nodes;
  const there = network?.availabilityZones.length ?? count;
  return [
    ...(count <= there
      ? []
      : [
          {
            path: "availabilityZoneCount",
            given: count,
            allowed: `at most ${there}: the network has no more zones`,
            mend: "give the network another zone, or write fewer",
          },
        ]),
    ...(capabilities.multiAz && count === 1
      ? [
          {
            path: "availabilityZoneCount",
            given: 1,
            allowed: "2 or 3: the account keeps a standby of its stores in another zone (multiAz)",
            mend: "leave it away",
          },
        ]
      : []),
    ...(instanceCount % count === 0
      ? []
      : [
          {
            path: "instanceCount",
            given: instanceCount,
            allowed: `a multiple of ${count}, as many data nodes in each zone`,
            mend: `write ${Math.ceil(instanceCount / count) * count}`,
          },
        ]),
  ];
}

function volume({ volumeSize }: SearchDomain, type: string): Found[] {
  const most = SEARCH_VOLUME_MOST[type] ?? Infinity;
  return volumeSize <= most
    ? []
    : [
        {
          path: "volumeSize",
          given: volumeSize,
          allowed: `at most ${most} GiB with ${type}`,
          mend: "take a larger instanceType, or more data nodes",
        },
      ];
}
