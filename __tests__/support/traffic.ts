import type { Phase } from "../../environments/schema/migration/phase";
import type { Change } from "./company";
import { migratingIn } from "./migrations";

/** The shop's names, which Route 53 leads to its new place. */
export const BY_ROUTE53 = {
  provider: "route53",
  records: [
    { name: "shop.live.acme.example", from: "shop.former.example", to: "shop-new.live.acme.example" },
  ],
} as const;

/** The shop's names, which Cloudflare leads to its new place. */
export const BY_CLOUDFLARE = {
  provider: "cloudflare",
  records: [
    { name: "shop.acme-shop.example", from: "shop.herokuapp.example", to: "shop-new.live.acme.example" },
  ],
  accountId: "0123456789abcdef0123456789abcdef",
  zoneId: "fedcba9876543210fedcba9876543210",
} as const;

/** ACME with the shop on its way in a phase, its clients led by `traffic`. */
export const shifting = (phase: Phase, traffic: Readonly<Record<string, unknown>>): Change =>
  migratingIn(phase, { traffic });
