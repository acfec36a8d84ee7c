import { z } from "zod";
import { slug } from "../common";

/** A file system, a volume or a scratch folder in a container. */
export const mount = z
  .strictObject({
    fileSystem: slug(24).optional().describe("A file system of the account's `data`, with `accessPoint`."),
    accessPoint: slug(24).optional().describe("Access point of the file system; there is no other way in."),
    volume: slug(24).optional().describe("A volume of the account's `data`, on instances that mount it."),
    scratch: z
      .boolean()
      .default(false)
      .describe(
        "Whether it is a folder that begins empty with each task and goes with it, for containers to share; who is not root can write there where its image declares the path (VOLUME) as its own. Default: false.",
      ),
    mountPath: z
      .string()
      .regex(/^(\/[\w.-]+)+$/, "an absolute path")
      .describe("Path in the container."),
    readOnly: z.boolean().default(false).describe("Default: false."),
  })
  .superRefine(({ fileSystem, accessPoint, volume, scratch }, context) => {
    const issue = (path: string, message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: [path], input, message });
    if ([fileSystem !== undefined, volume !== undefined, scratch].filter(Boolean).length !== 1)
      issue("fileSystem", "one of fileSystem, volume and scratch", fileSystem);
    if (volume !== undefined && accessPoint !== undefined)
      issue("accessPoint", "none: only file systems have access points", accessPoint);
  });
