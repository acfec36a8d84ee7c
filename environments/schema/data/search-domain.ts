import { z } from "zod";

/** Versions that AWS supports; Elasticsearch's last for what its clients refuse to leave. */
export const SEARCH_VERSIONS = [
  "Elasticsearch_7.10",
  "OpenSearch_1.3",
  "OpenSearch_2.11",
  "OpenSearch_2.13",
  "OpenSearch_2.15",
  "OpenSearch_2.17",
  "OpenSearch_2.19",
  "OpenSearch_3.1",
] as const;

/** An OpenSearch domain in the account's network: TLS, fine-grained access control, sign-in by IAM. */
export const searchDomain = z.strictObject({
  engineVersion: z.enum(SEARCH_VERSIONS).default("OpenSearch_2.19").describe("Default: OpenSearch_2.19."),
  instanceType: z
    .string()
    .regex(/^[a-z0-9]+\.[a-z0-9]+\.search$/, "an instance type such as r7g.large.search")
    .optional()
    .describe(
      "Of its data nodes. Default: m6g.large.search where the account is `multiAz`, else t3.small.search.",
    ),
  instanceCount: z
    .number()
    .int()
    .min(1)
    .max(80)
    .optional()
    .describe("Data nodes, as many in each zone. Default: one a zone."),
  availabilityZoneCount: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .optional()
    .describe(
      "Zones that they are in. Default: the network's, three at most, where the account is `multiAz`, else 1.",
    ),
  dedicatedMasters: z
    .boolean()
    .optional()
    .describe(
      "Whether three nodes do nothing but look after the others. Default: where the account is `multiAz`.",
    ),
  dedicatedMasterType: z
    .string()
    .regex(/^[a-z0-9]+\.[a-z0-9]+\.search$/, "an instance type such as m7g.large.search")
    .default("m6g.large.search")
    .describe("Default: m6g.large.search."),
  volumeSize: z
    .number()
    .int()
    .min(10)
    .max(24_576)
    .default(20)
    .describe("GiB of each data node, gp3. Default: 20."),
});

export type SearchDomain = z.output<typeof searchDomain>;

interface Placed {
  readonly capabilities: { readonly multiAz: boolean };
  readonly network?: { readonly availabilityZones: readonly string[] } | undefined;
}

/** A domain with everything filled in that depends on its account. */
export function searchNodes(domain: SearchDomain, { capabilities: { multiAz }, network }: Placed) {
  const zones = network?.availabilityZones.length ?? 1;
  const availabilityZoneCount = domain.availabilityZoneCount ?? (multiAz ? Math.min(3, zones) : 1);
  return {
    availabilityZoneCount,
    instanceType: domain.instanceType ?? (multiAz ? "m6g.large.search" : "t3.small.search"),
    instanceCount: domain.instanceCount ?? availabilityZoneCount,
    dedicatedMasters: domain.dedicatedMasters ?? multiAz,
  };
}
