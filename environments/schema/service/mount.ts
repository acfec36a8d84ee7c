import { z } from "zod";
import { slug } from "../common";

/** A file system or a volume in a container. */
export const mount = z
  .strictObject({
    fileSystem: slug(24).optional().describe("A file system of the account's `data`, with `accessPoint`."),
    accessPoint: slug(24).optional().describe("Access point of the file system; there is no other way in."),
    volume: slug(24).optional().describe("A volume of the account's `data`, on instances that mount it."),
    mountPath: z
      .string()
      .regex(/^(\/[\w.-]+)+$/, "an absolute path")
      .describe("Path in the container."),
    readOnly: z.boolean().default(false).describe("Default: false."),
  })
  .superRefine(({ fileSystem, accessPoint, volume }, context) => {
    const issue = (path: string, message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: [path], input, message });
    if ((fileSystem === undefined) === (volume === undefined))
      issue("fileSystem", "either fileSystem or volume", fileSystem);
    if (volume !== undefined && accessPoint !== undefined)
      issue("accessPoint", "none: only file systems have access points", accessPoint);
  });
