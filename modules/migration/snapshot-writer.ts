import { Construct } from "constructs";
import { arnEquals, forArn, stringEquals, stringLike } from "../identity/policy";
import { Role } from "../identity/role";

export interface SnapshotWriterProps {
  readonly roleName: string;
  readonly path: string;
  readonly boundaryArn: string;
  readonly accountRootArn: string;
  /** Role of the people who bring the source its credentials. */
  readonly administratorArn: string;
  readonly region: string;
  readonly bucketName: string;
  /** Where in the bucket the source's snapshots are. */
  readonly folder: string;
  readonly dataKeyArn: string;
}

/**
 * The role as which a source outside AWS writes snapshots, in a folder of the domain's bucket and nowhere else. An
 * administrator takes it on and brings the session's credentials into the source's keystore: for an hour, all that AWS gives
 * to whoever has taken on a role already.
 * https://www.elastic.co/guide/en/elasticsearch/reference/7.10/repository-s3.html
 */
export class SnapshotWriter extends Construct {
  constructor(scope: Construct, id: string, props: SnapshotWriterProps) {
    super(scope, id);
    const bucketArn = `arn:aws:s3:::${props.bucketName}`;
    new Role(this, "source", {
      roleName: props.roleName,
      path: props.path,
      boundaryArn: props.boundaryArn,
      description: "Lets the source of a migration write its snapshots",
      trust: [
        {
          sid: "Administrators",
          actions: ["sts:AssumeRole"],
          principals: forArn(props.accountRootArn),
          condition: [arnEquals("aws:PrincipalArn", props.administratorArn)],
        },
      ],
      statements: [
        {
          sid: "ListSnapshots",
          actions: ["s3:ListBucket"],
          resources: [bucketArn],
          condition: [stringLike("s3:prefix", props.folder, `${props.folder}/*`)],
        },
        { sid: "FindBucket", actions: ["s3:GetBucketLocation"], resources: [bucketArn] },
        {
          sid: "WriteSnapshots",
          actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
          resources: [`${bucketArn}/${props.folder}/*`],
        },
        {
          sid: "EncryptSnapshots",
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [props.dataKeyArn],
          condition: [stringEquals("kms:ViaService", `s3.${props.region}.amazonaws.com`)],
        },
      ],
    });
  }
}
