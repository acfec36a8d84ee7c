import { DmsEndpoint, type DmsEndpointConfig } from "@cdktf/provider-aws/lib/dms-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

type Maybe<T> = T | undefined;

/** Settings of one engine at one end; what only one side takes is left out at the other. */
export interface EngineSettings {
  readonly mysqlSettings?: Maybe<{
    readonly afterConnectScript?: Maybe<string>;
    readonly eventsPollInterval?: Maybe<number>;
    readonly serverTimezone?: Maybe<string>;
  }>;
  readonly postgresSettings?: Maybe<{
    readonly afterConnectScript?: Maybe<string>;
    readonly captureDdls?: Maybe<boolean>;
    readonly ddlArtifactsSchema?: Maybe<string>;
    readonly heartbeatEnable: boolean;
    readonly heartbeatFrequency?: Maybe<number>;
    readonly heartbeatSchema?: Maybe<string>;
    readonly pluginName?: Maybe<string>;
    readonly slotName?: Maybe<string>;
  }>;
  readonly mongodbSettings?: Maybe<{
    readonly nestingLevel: string;
    readonly extractDocId: boolean;
    readonly authSource: string;
  }>;
  readonly extraConnectionAttributes?: Maybe<Readonly<Record<string, string>>>;
}

export interface EndpointProps extends EngineSettings {
  readonly endpointId: string;
  readonly endpointType: "source" | "target";
  /** As DMS names it. */
  readonly engineName: string;
  readonly sslMode: string;
  /** Who is trusted. @default nobody: only `none` and `require` need none */
  readonly certificateArn?: string;
  /** @default none: MySQL's databases are in the table mappings */
  readonly databaseName?: string;
  /** Secret with user, password, host and port. */
  readonly secretArn: string;
  /** The role by which DMS reads it. */
  readonly accessRoleArn: string;
  readonly dataKeyArn: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * One end of a replication; whoever reads the state learns neither its user nor its address.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Endpoints.html
 */
export class Endpoint extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    this.arn = new DmsEndpoint(this, "endpoint", {
      endpointId: props.endpointId,
      endpointType: props.endpointType,
      engineName: props.engineName,
      sslMode: props.sslMode,
      ...(props.certificateArn === undefined ? {} : { certificateArn: props.certificateArn }),
      ...(props.databaseName === undefined ? {} : { databaseName: props.databaseName }),
      secretsManagerArn: props.secretArn,
      secretsManagerAccessRoleArn: props.accessRoleArn,
      kmsKeyArn: props.dataKeyArn,
      ...engineSettings(props),
      dependsOn: props.dependsOn,
    }).endpointArn;
  }
}

type Settings = Partial<
  Pick<
    DmsEndpointConfig,
    "mysqlSettings" | "postgresSettings" | "mongodbSettings" | "extraConnectionAttributes"
  >
>;

function engineSettings(props: EndpointProps): Settings {
  const { mysqlSettings, postgresSettings, mongodbSettings, extraConnectionAttributes } = props;
  const source = props.endpointType === "source";
  return {
    ...block("mysqlSettings", mysqlSettings && mysql(mysqlSettings, source)),
    ...block("postgresSettings", postgresSettings && postgres(postgresSettings, source)),
    ...(mongodbSettings === undefined
      ? {}
      : {
          mongodbSettings: {
            authType: "password",
            // SCRAM, from MongoDB 3 on.
            authMechanism: "default",
            authSource: mongodbSettings.authSource,
            nestingLevel: mongodbSettings.nestingLevel,
            extractDocId: String(mongodbSettings.extractDocId),
          },
        }),
    ...(extraConnectionAttributes === undefined
      ? {}
      : {
          extraConnectionAttributes: Object.entries(extraConnectionAttributes)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, value]) => `${name}=${value}`)
            .join(";"),
        }),
  };
}

/** An empty block ends the provider's run, so that there is none. */
const block = <K extends string, T extends object>(name: K, values: T | undefined) =>
  values === undefined || Object.keys(values).length === 0 ? {} : ({ [name]: values } as Record<K, T>);

function mysql(settings: NonNullable<EngineSettings["mysqlSettings"]>, source: boolean) {
  const { afterConnectScript, eventsPollInterval, serverTimezone } = settings;
  return present({ afterConnectScript, ...(source ? { eventsPollInterval, serverTimezone } : {}) });
}

/**
 * AWS's own defaults, in seconds, KB and minutes. The provider sends 0 and false for what a block leaves out: a
 * heartbeat without rest, no timeout, and no changes of tables.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_PostgreSQLSettings.html
 */
const POSTGRES = { executeTimeout: 60, maxFileSize: 32_768 };
const POSTGRES_SOURCE = { captureDdls: true, heartbeatFrequency: 5 };

function postgres(settings: NonNullable<EngineSettings["postgresSettings"]>, source: boolean) {
  const { afterConnectScript } = settings;
  if (source) return { ...POSTGRES, ...POSTGRES_SOURCE, ...present({ ...settings }) };
  return afterConnectScript === undefined ? undefined : { ...POSTGRES, afterConnectScript };
}

/** The entries that say something. */
function present<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
