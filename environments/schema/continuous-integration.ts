import { z } from "zod";

/** The repository whose workflows may plan and apply, by OpenID Connect and without stored keys. */
export const continuousIntegration = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.literal("github"),
    repository: z
      .string()
      .regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, "owner/name, without wildcards")
      .describe(
        "The repository, `owner/name`. Apply is bound to its GitHub environment named as the account.",
      ),
    subjectPrefix: z
      .string()
      .regex(/^repo:[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/, "repo:owner/name, without wildcards")
      .optional()
      .describe(
        "Beginning of its tokens' subject, where GitHub adds ids to it. Default: `repo:<repository>`.",
      ),
  }),
  z.strictObject({
    provider: z.literal("gitlab"),
    project: z
      .string()
      .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/, "group/project, without wildcards")
      .describe("The project's full path, `group/project`."),
    url: z.url().default("https://gitlab.com").describe("The GitLab instance."),
    branch: z
      .string()
      .regex(/^[\w./-]+$/)
      .default("main")
      .describe("The branch that applies."),
  }),
]);

export type ContinuousIntegration = z.output<typeof continuousIntegration>;
