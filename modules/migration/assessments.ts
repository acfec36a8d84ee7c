import { Construct } from "constructs";
import { SecureBucket } from "../data/secure-bucket";
import { stringEquals, trustService } from "../identity/policy";
import { Role } from "../identity/role";

export interface AssessmentsProps {
  readonly bucketName: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly dataKeyArn: string;
  /** Whether Terraform refuses to destroy the bucket. */
  readonly protection: boolean;
}

/** Years for which auditors may ask what was assessed. */
const KEPT_DAYS = 7 * 365;

/**
 * Where DMS puts what it found when it assessed a task before its start.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.AssessmentReport.html
 */
export class Assessments extends Construct {
  constructor(scope: Construct, id: string, props: AssessmentsProps) {
    super(scope, id);
    const { accountId, region, dataKeyArn } = props;
    const { bucket } = new SecureBucket(this, "results", {
      bucketName: props.bucketName,
      kmsKeyArn: dataKeyArn,
      expireAfterDays: KEPT_DAYS,
      protection: props.protection,
    });
    new Role(this, "writer", {
      roleName: props.roleName,
      path: props.rolePath,
      description: "Lets DMS write what its assessments find",
      boundaryArn: props.boundaryArn,
      trust: [trustService("dms.amazonaws.com", accountId, `arn:aws:dms:${region}:${accountId}:*`)],
      statements: [
        {
          sid: "FindBucket",
          actions: ["s3:GetBucketLocation", "s3:ListBucket"],
          resources: [bucket.arn],
        },
        {
          sid: "WriteResults",
          actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging"],
          resources: [`${bucket.arn}/*`],
        },
        {
          sid: "UseDataKey",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [dataKeyArn],
          condition: [stringEquals("kms:ViaService", `s3.${region}.amazonaws.com`)],
        },
      ],
    });
  }
}
