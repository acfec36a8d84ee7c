import { z } from "zod";

/** Outbound traffic beyond HTTPS and the VPC. */
export const egress = z.strictObject({
  description: z
    .string()
    .min(3)
    .max(120)
    .regex(/^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;!*]*$/, "letters of English, digits, spaces and ._-:/()#,@[]+=&;!*")
    .describe("Whom the service calls there."),
  protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Default: tcp."),
  port: z.number().int().min(1).max(65535).describe("Destination port."),
  cidrBlock: z.cidrv4().describe("Destination range."),
});
