import { z } from "zod";

const branch = z
  .string()
  .regex(/^[\w./-]+$/)
  .default("main")
  .describe("The branch that is applied. Default: `main`.");

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a UUID without braces");
const slug = z.string().regex(/^[a-z0-9_.-]+$/, "as it stands in the repository's address");

/** The repository whose workflows may plan and apply, by OpenID Connect and without stored keys. */
export const continuousIntegration = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.literal("github").describe("The CI engine."),
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
    branch,
  }),
  z.strictObject({
    provider: z.literal("bitbucket").describe("The CI engine."),
    workspace: slug.describe("The workspace's name in addresses."),
    repository: slug.describe("The repository's name in addresses."),
    workspaceUuid: uuid.describe("The workspace's UUID: the end of the audience of its tokens."),
    repositoryUuid: uuid.describe("The repository's UUID: the beginning of its tokens' subjects."),
    environmentUuids: z
      .record(z.string(), uuid)
      .describe(
        "UUID of the deployment environment of each account, named as the account. Apply is bound to it.",
      ),
    branch,
  }),
  z.strictObject({
    provider: z.literal("gitlab").describe("The CI engine."),
    project: z
      .string()
      .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/, "group/project, without wildcards")
      .describe("The project's full path, `group/project`."),
    url: z.url().default("https://gitlab.com").describe("The GitLab instance."),
    branch,
  }),
]);

export type ContinuousIntegration = z.output<typeof continuousIntegration>;
