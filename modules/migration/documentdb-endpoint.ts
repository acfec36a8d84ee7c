import { CloudformationStack } from "@cdktf/provider-aws/lib/cloudformation-stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface DocumentdbEndpointProps {
  readonly endpointId: string;
  readonly endpointType: "source" | "target";
  readonly sslMode: string;
  /** Who is trusted. @default nobody: only `none` and `require` need none */
  readonly certificateArn?: string;
  readonly databaseName: string;
  /** Secret with user, password, host and port. */
  readonly secretArn: string;
  /** The role by which DMS reads it. */
  readonly accessRoleArn: string;
  readonly dataKeyArn: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A DocumentDB at one end. Terraform's provider passes no secret for this engine, only a password that stays in the
 * state (hashicorp/terraform-provider-aws#39930); CloudFormation passes the secret.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-endpoint.html
 */
export class DocumentdbEndpoint extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DocumentdbEndpointProps) {
    super(scope, id);
    const parameters = {
      SecretArn: props.secretArn,
      AccessRoleArn: props.accessRoleArn,
      KeyArn: props.dataKeyArn,
      ...(props.certificateArn === undefined ? {} : { CertificateArn: props.certificateArn }),
    };
    const stack = new CloudformationStack(this, "endpoint", {
      name: props.endpointId,
      parameters,
      templateBody: JSON.stringify({
        Description: `DMS endpoint ${props.endpointId}`,
        Parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, { Type: "String" }])),
        Resources: {
          Endpoint: {
            Type: "AWS::DMS::Endpoint",
            Properties: {
              EndpointIdentifier: props.endpointId,
              EndpointType: props.endpointType,
              EngineName: "docdb",
              SslMode: props.sslMode,
              ...(props.certificateArn === undefined ? {} : { CertificateArn: { Ref: "CertificateArn" } }),
              DatabaseName: props.databaseName,
              KmsKeyId: { Ref: "KeyArn" },
              DocDbSettings: {
                SecretsManagerSecretId: { Ref: "SecretArn" },
                SecretsManagerAccessRoleArn: { Ref: "AccessRoleArn" },
              },
            },
          },
        },
        Outputs: { EndpointArn: { Value: { Ref: "Endpoint" } } },
      }),
      dependsOn: props.dependsOn,
    });
    this.arn = stack.outputs.lookup("EndpointArn");
  }
}
