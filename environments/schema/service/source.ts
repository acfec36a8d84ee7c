import { z } from "zod";
import { plainText } from "../common";

const path = z
  .string()
  .regex(/^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]+$/, "a path below the repository's root, without ..");

/** A shell command, in which no engine of CI takes a part for a variable of its own. */
const command = plainText(1, 300).regex(/^(?!.*#\{)/, "a command without #{");

/** Where a service's code is, and how its image is made of it. */
export const source = z.strictObject({
  repository: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9._-]+)+$/, "owner/name, without wildcards")
    .optional()
    .describe("The repository, `owner/name`. Default: the delivery's owner and the image repository's name."),
  subjectPrefix: z
    .string()
    .regex(/^repo:[A-Za-z0-9._@-]+\/[A-Za-z0-9._@-]+$/, "repo:owner/name, without wildcards")
    .optional()
    .describe("Beginning of its tokens' subject, where GitHub adds ids to it. Default: `repo:<repository>`."),
  context: path
    .default(".")
    .describe("Folder that the image is built from; the test command runs there, too. Default: the root."),
  dockerfile: path.default("Dockerfile").describe("Below `context`. Default: `Dockerfile`."),
  target: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "the name of a stage of the Dockerfile")
    .optional()
    .describe("Stage of the Dockerfile that is the image. Default: its last."),
  checkCommand: command
    .nullable()
    .default(null)
    .describe("Compiles and analyses the code before it is tested. Default: null, and nothing does."),
  testCommand: command
    .nullable()
    .default("make test")
    .describe("Proves the code before an image is built; null when a stage of the Dockerfile does."),
});

export type ServiceSource = z.output<typeof source>;
