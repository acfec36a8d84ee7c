import { DmsS3Endpoint } from "@cdktf/provider-aws/lib/dms-s3-endpoint";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface BucketEndpointProps {
  readonly endpointId: string;
  readonly endpointType: "source" | "target";
  readonly bucketName: string;
  /** @default the bucket's root */
  readonly bucketFolder?: string;
  /** JSON that says which tables the files of a source are. */
  readonly externalTableDefinition?: string;
  /** Files of a target. */
  readonly dataFormat: string;
  /** The role by which DMS reads and writes it. */
  readonly accessRoleArn: string;
  readonly accountId: string;
  readonly dataKeyArn: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A bucket of the account at one end; DMS speaks to S3 by TLS only, whatever its mode says.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html
 */
export class BucketEndpoint extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: BucketEndpointProps) {
    super(scope, id);
    const target = props.endpointType === "target";
    this.arn = new DmsS3Endpoint(this, "endpoint", {
      endpointId: props.endpointId,
      endpointType: props.endpointType,
      sslMode: "none",
      bucketName: props.bucketName,
      ...(props.bucketFolder === undefined ? {} : { bucketFolder: props.bucketFolder }),
      expectedBucketOwner: props.accountId,
      serviceAccessRoleArn: props.accessRoleArn,
      kmsKeyArn: props.dataKeyArn,
      ...(target
        ? {
            dataFormat: props.dataFormat,
            encryptionMode: "SSE_KMS",
            serverSideEncryptionKmsKeyId: props.dataKeyArn,
          }
        : {}),
      ...(props.externalTableDefinition === undefined
        ? {}
        : { externalTableDefinition: props.externalTableDefinition }),
      dependsOn: props.dependsOn,
    }).endpointArn;
  }
}
