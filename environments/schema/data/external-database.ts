import { z } from "zod";

/** A database that somebody else runs, such as MongoDB Atlas: where it is, and how services know it. */
export const externalDatabase = z.strictObject({
  kind: z.enum(["mongodb-atlas"]).describe("Whose it is."),
  // Told apart from a connection string by a check, which does not show it.
  secret: z
    .string()
    .describe(
      "Secret of the account with its connection string, or a key of its JSON: `catalogue/atlas:url`.",
    ),
  privateLink: z
    .strictObject({
      serviceName: z
        .string()
        .regex(
          /^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]{8,17}$/,
          "an endpoint service such as com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
        )
        .describe("Atlas' endpoint service for this region, as its private endpoint's page tells it."),
    })
    .optional()
    .describe("A private way there. Default: none; by the NAT gateways' addresses, which Atlas lets in."),
});

export type ExternalDatabase = z.output<typeof externalDatabase>;

/** Environment variable with the connection string: `MONGODB_CATALOGUE_URL`. */
export const connectionVariable = (name: string) => `MONGODB_${name.replaceAll("-", "_").toUpperCase()}_URL`;
