import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";

/** What a service's release parameter says: a digest, or `none`. */
export interface ReleaseParameter {
  /** Nothing when the service's stack was never applied. */
  read(): Promise<string | undefined>;
  write(value: string): Promise<void>;
}

/** The parameter in Parameter Store; the service's stack makes it, and deliveries write it. */
export const releaseParameter = (ssm: SSMClient, name: string): ReleaseParameter => ({
  async read() {
    try {
      const { Parameter: parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
      return parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  },
  async write(value) {
    await ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: "String", Overwrite: true }));
  },
});
