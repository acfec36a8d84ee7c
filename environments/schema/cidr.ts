import ipaddr from "ipaddr.js";

/** An IPv4 range as its first address and its prefix length. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

/** Parses `a.b.c.d/n`. Throws a RangeError on anything else, and on a base address with host bits set. */
export function parseCidr(text: string): Cidr {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const base = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
  if (base % size(prefix) !== 0) throw new RangeError(`${text} has host bits set`);
  return { base, prefix };
}

export function formatCidr({ base, prefix }: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

/** Whether two ranges share an address. */
export function overlap(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + size(b.prefix) && b.base < a.base + size(a.prefix);
}

/** The `index`th range of length `prefix` within `range`. */
export function subnet(range: Cidr, prefix: number, index: number): Cidr {
  if (prefix < range.prefix || index >= 2 ** (prefix - range.prefix)) {
    throw new RangeError(`${formatCidr(range)} has no /${prefix} number ${index}`);
  }
  return { base: range.base + index * size(prefix), prefix };
}

/** Smallest subnet that AWS makes. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export const SMALLEST_SUBNET = 28;

export type Tier = "public" | "private" | "isolated";

/**
 * The range of a tier's subnet in the zone at `position`. Half the VPC is private; public and isolated take a
 * sixty-fourth each. Four positions are laid out from the start, so that a zone added later moves nothing.
 */
export function tierSubnet(vpc: Cidr, tier: Tier, position: number): Cidr {
  if (tier === "private") return subnet(vpc, vpc.prefix + 3, position);
  const small = vpc.prefix + 6;
  return subnet(vpc, small, 32 + (tier === "public" ? 0 : 4) + position);
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}
