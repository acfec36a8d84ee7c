import {
  formatCidr,
  overlap,
  parseCidr,
  subnet,
  tierSubnet,
  type Tier,
} from "../../../environments/schema/cidr";
import { random } from "../../support/random";

const TIERS: readonly Tier[] = ["public", "private", "isolated"];

describe("a range", () => {
  it.each(["0.0.0.0/0", "10.20.0.0/16", "10.20.30.40/32", "192.168.4.0/22", "255.255.255.255/32"])(
    "%s is read and written alike",
    (text) => {
      expect(formatCidr(parseCidr(text))).toBe(text);
    },
  );

  it.each(["10.20.1.0/16", "10.0.0.1/8"])("fails with host bits set: %s", (text) => {
    expect(() => parseCidr(text)).toThrow(`${text} has host bits set`);
  });

  it.each(["10.20.0.0", "10.20.0.0/33", "10.20.0.256/16", "fd00::/8", ""])(
    "fails when it is none: %j",
    (text) => {
      expect(() => parseCidr(text)).toThrow();
    },
  );
});

describe("two ranges", () => {
  const table: [string, string, boolean][] = [
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/8", "10.200.0.0/16", true],
    ["10.200.0.0/16", "10.0.0.0/8", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["10.0.0.0/17", "10.0.128.0/17", false],
    ["10.0.255.255/32", "10.0.0.0/16", true],
    ["0.0.0.0/0", "255.255.255.255/32", true],
  ];
  it.each(table)("%s and %s share an address: %s", (a, b, expected) => {
    expect(overlap(parseCidr(a), parseCidr(b))).toBe(expected);
  });
});

describe("subnets", () => {
  it("are counted from the range's first address", () => {
    expect(formatCidr(subnet(parseCidr("10.20.0.0/16"), 24, 3))).toBe("10.20.3.0/24");
  });

  it("fail past the end of the range", () => {
    expect(() => subnet(parseCidr("10.20.0.0/16"), 17, 2)).toThrow("10.20.0.0/16 has no /17 number 2");
  });

  it("fail when they are larger than the range", () => {
    expect(() => subnet(parseCidr("10.20.0.0/16"), 15, 0)).toThrow(RangeError);
  });
});

describe.each([16, 18, 20, 22])("the tiers of a /%i", (prefix) => {
  const next = random(prefix);
  const vpc = { base: Math.floor(next() * 2 ** prefix) * 2 ** (32 - prefix), prefix };
  const all = TIERS.flatMap((tier) => [0, 1, 2, 3].map((position) => tierSubnet(vpc, tier, position)));

  it("lie within it", () => {
    for (const range of all) {
      expect(range.base).toBeGreaterThanOrEqual(vpc.base);
      expect(range.base + 2 ** (32 - range.prefix)).toBeLessThanOrEqual(vpc.base + 2 ** (32 - vpc.prefix));
    }
  });

  it("share no address", () => {
    const pairs = all.flatMap((a, index) => all.slice(index + 1).map((b) => overlap(a, b)));

    expect(pairs).not.toContain(true);
  });

  it("are none smaller than AWS makes", () => {
    expect(Math.max(...all.map((range) => range.prefix))).toBeLessThanOrEqual(28);
  });
});
