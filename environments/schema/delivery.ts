import { z } from "zod";
import { email, slug } from "./common";

const ORDER = "Default: accounts with `hosting`, those of the preset development first, then qa, then live.";

const common = {
  tagPattern: z
    .string()
    .regex(/^(?!in-|commit-)[A-Za-z][A-Za-z0-9._-]{0,30}\*$/, "a beginning and a star, such as v*")
    .default("v*")
    .describe("Git tags that start a delivery; the image gets the same tag. Default: `v*`."),
  stages: z
    .array(slug(16))
    .min(1)
    .optional()
    .describe(`Accounts that an image is deployed to, in order of promotion. ${ORDER}`),
};

const owner = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9._-]+)*$/, "as it stands in a repository's address");

/**
 * How a tag of a service's repository becomes running tasks: which engine tests, builds, scans and pushes the image,
 * and in which order accounts get it. Deployments themselves run from the platform's repository, that of
 * `continuousIntegration`.
 */
export const delivery = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z
      .literal("codepipeline")
      .describe("The engine: a pipeline an image, in the registry's account."),
    owner: owner
      .optional()
      .describe("Owner of the services' repositories. Default: that of the platform's repository."),
    ...common,
    approvers: z
      .array(email)
      .max(10)
      .optional()
      .describe("Who is asked for an approval, by e-mail. Default: the organization's owner."),
  }),
  z.strictObject({
    provider: z.literal("github").describe("The engine: GitHub Actions in each service's repository."),
    owner: owner
      .optional()
      .describe("Owner of the services' repositories. Default: that of the platform's repository."),
    ...common,
  }),
  z.strictObject({
    provider: z.literal("gitlab").describe("The engine: GitLab CI in each service's project."),
    group: owner
      .optional()
      .describe("Group of the services' projects. Default: that of the platform's project."),
    ...common,
  }),
]);

export type DeliverySettings = z.output<typeof delivery>;
