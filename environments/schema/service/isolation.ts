import { z } from "zod";

/** Docker's own default, of which none is left unless it is kept. https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities */
export const DEFAULT_CAPABILITIES = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
] as const;

const path = z
  .string()
  .max(200)
  .regex(/^(\/[\w.-]+)+$/, "an absolute path");

export const tmpfs = z.strictObject({
  containerPath: path.describe("Path in the container."),
  size: z
    .number()
    .int()
    .min(1)
    .max(122_880)
    .describe("Most that it holds, MiB; counted as memory of the task."),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html */
export const linuxParameters = z.strictObject({
  initProcessEnabled: z
    .boolean()
    .default(true)
    .describe(
      "Whether an init process reaps and forwards signals; false, for an image with one of its own, needs a waiver. Default: true.",
    ),
  keepCapabilities: z
    .array(z.enum(DEFAULT_CAPABILITIES))
    .default([])
    .describe("Linux capabilities that are not dropped; any needs a waiver. Default: none, all are dropped."),
  tmpfs: z
    .array(tmpfs)
    .max(10)
    .default([])
    .describe(
      "Folders in memory that can be written, beside /tmp, which has 64 MiB unless it is given here. Default: none.",
    ),
  sharedMemorySize: z
    .number()
    .int()
    .min(1)
    .max(122_880)
    .optional()
    .describe("Size of /dev/shm, MiB; on instances only. Default: Docker's, 64."),
});

const ULIMITS = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
] as const;

export const ulimit = z
  .strictObject({
    softLimit: z.number().int().min(0).describe("What a process has at first."),
    hardLimit: z.number().int().min(0).describe("What it may raise that to."),
  })
  .superRefine(({ softLimit, hardLimit }, context) => {
    if (softLimit > hardLimit)
      context.addIssue({
        code: "custom",
        path: ["softLimit"],
        input: softLimit,
        message: `at most hardLimit, ${hardLimit}`,
      });
  });

/** What a container's process is, and what holds it in; alike for a service's own and those beside it. */
export const isolation = {
  user: z
    .string()
    .regex(/^\d{1,10}(:\d{1,10})?$/, "a numeric uid or uid:gid")
    .default("10001:10001")
    .describe(
      "User of the process; 0 needs a waiver. Default: 10001:10001, since root in a container is root at an escape.",
    ),
  readonlyRootFilesystem: z
    .boolean()
    .default(true)
    .describe(
      "Whether only /tmp, `volumes` and `linuxParameters.tmpfs` can be written; false needs a waiver. Default: true.",
    ),
  linuxParameters: linuxParameters.prefault({}).describe("What Linux gives the container."),
  ulimits: z
    .partialRecord(z.enum(ULIMITS), ulimit)
    .default({})
    .describe("Limits of its processes, by name; Fargate takes `nofile` only. Default: none."),
};
