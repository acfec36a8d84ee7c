import { z } from "zod";
import { api } from "./api";
import { auth } from "./auth";
import { capabilities, PRESET_NAMES, type Capabilities } from "./capabilities";
import { costCentre, accountId, email, region, slug } from "./common";
import { data } from "./data";
import { edge } from "./edge";
import { hosting } from "./hosting";
import { network } from "./network";
import { observability } from "./observability";
import { messaging } from "./queue";
import { quotas } from "./quotas";
import { registry } from "./registry";
import { roles } from "./roles";
import { secrets } from "./secrets";

/**
 * One AWS account, or a second region of one. A section that is there makes a stack; a section that is not makes none.
 */
export const account = z.strictObject({
  name: slug(16).describe("Short name; it begins every stack's id and the names inside the account."),
  id: accountId.describe("The AWS account id."),
  email: email.describe("The root user's address; unique in all of AWS."),
  kind: z
    .enum(["management", "shared-services", "workload"])
    .default("workload")
    .describe(
      "`management` holds nothing but bootstrap and roles; `shared-services` the registry and the apex zone.",
    ),
  regionOf: slug(16)
    .optional()
    .describe(
      "The account that it is a second region of; all that is not said is as there. Default: none, an account of its own.",
    ),
  traffic: z
    .enum(["own", "standby", "active"])
    .optional()
    .describe(
      "Whose public names the load balancers of a second region answer at: `own` its own; `standby` the account's too, so that DNS alone decides; `active` the account's, which lead there. Default: standby in a second region; an account itself has none.",
    ),
  preset: z.enum(PRESET_NAMES).describe("The environment whose capabilities the account starts from."),
  organizationalUnit: slug(24)
    .optional()
    .describe("Unit of `organizationalUnits` that it is in. Default: the organization's root."),
  capabilities: capabilities.partial().default({}).describe("Capabilities that differ from the preset."),
  region: region.optional().describe("Home region. Default: the organization's."),
  costCentre: costCentre.optional().describe("Cost centre. Default: the organization's."),
  network: network.optional().describe("VPC and DNS zones. Default: none."),
  roles: roles.describe("People's roles. Default: all four."),
  secrets: secrets.describe("Secrets that services of this account read. Default: none."),
  observability: observability.describe(
    "Who is told when something goes wrong. Default: the organization's owner.",
  ),
  queue: messaging.optional().describe("Topics, queues and brokers. Default: none."),
  auth: auth.optional().describe("Sign-in of people at the public door. Default: none."),
  data: data
    .optional()
    .describe("What must not be lost: databases, caches, buckets, file systems and so on. Default: none."),
  apis: z
    .record(slug(16), api)
    .default({})
    .describe("Public doors of API Gateway before private load balancers; needs `network`. Default: none."),
  edge: edge.optional().describe("Web sites and DNS records; needs `network`. Default: none."),
  hosting: hosting.optional().describe("ECS cluster and load balancers; needs `network`. Default: none."),
  quotas: quotas.prefault({}).describe("Quotas that AWS raised for the account. Default: AWS's own."),
  registry: registry
    .optional()
    .describe("Container registry; in one account of the organization. Default: none."),
});

export type AccountInput = z.input<typeof account>;
type Parsed = z.output<typeof account>;

/** An account with its preset and the organization's defaults filled in. */
export type Account = Omit<Parsed, "capabilities" | "region" | "costCentre" | "network"> & {
  readonly capabilities: Capabilities;
  readonly region: z.output<typeof region>;
  readonly costCentre: string;
  readonly network?: Required<NonNullable<Parsed["network"]>>;
};
