import { z } from "zod";
import { slug } from "./common";

/** A web site in a bucket of its own, brought by CloudFront. */
const site = z.strictObject({
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "one DNS label, such as app")
    .describe("Host name without its zone: `app` becomes app.<public zone>."),
  singlePage: z
    .boolean()
    .default(true)
    .describe("Whether a path without a file is answered by index.html. Default: true."),
  priceClass: z
    .enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"])
    .default("PriceClass_100")
    .describe("Where it is brought from; 100 is Europe and North America. Default: PriceClass_100."),
  connectTo: z
    .array(z.string().regex(/^https:\/\/[a-z0-9.*-]+$/, "an origin such as https://api.example.com"))
    .default([])
    .describe("Other origins that its pages may call (Content-Security-Policy). Default: those of its zone."),
});

/** A DNS record that no stack makes by itself, such as that of a mail provider. */
const record = z.strictObject({
  name: z
    .string()
    .max(253)
    .regex(
      /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "a DNS name such as _dmarc.example.com, in lower case",
    )
    .describe("Full name, within the account's public zone."),
  type: z.enum(["A", "AAAA", "CAA", "CNAME", "MX", "SRV", "TXT"]).describe("Record type."),
  ttl: z.number().int().min(30).max(172_800).default(300).describe("Seconds it is remembered. Default: 300."),
  values: z.array(z.string().min(1)).min(1).describe("Its values."),
});

/** What people reach first: web sites, and names. The account's stack `edge`. */
export const edge = z.strictObject({
  sites: z.record(slug(24), site).default({}).describe("Web sites by name. Default: none."),
  records: z
    .record(slug(40), record)
    .default({})
    .describe("DNS records by a name for their purpose. Default: none."),
});

export type Edge = z.output<typeof edge>;
export type DnsRecord = z.output<typeof record>;
export type Site = z.output<typeof site>;
