import { z } from "zod";
import { slug } from "../common";

/** A directory of a file system, as one user sees it. */
const accessPoint = z.strictObject({
  path: z
    .string()
    .regex(/^(\/[\w.-]+){1,4}$/, "an absolute path of at most four folders")
    .describe("Directory of the file system that is its root."),
  uid: z.number().int().min(1).max(4294967295).default(10001).describe("User of its files. Default: 10001."),
  gid: z.number().int().min(1).max(4294967295).default(10001).describe("Group of its files. Default: 10001."),
});

/** An EFS file system; it is entered by its access points only. */
export const fileSystem = z.strictObject({
  accessPoints: z.record(slug(24), accessPoint).describe("Its access points by name."),
});

export type FileSystem = z.output<typeof fileSystem>;
