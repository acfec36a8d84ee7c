import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arnLike, forArn, policyDocument } from "../identity/policy";

export const SEARCH_PORT = 443;

/** Its logs: the name of each log's group, and what OpenSearch calls it. */
const LOGS = {
  application: "ES_APPLICATION_LOGS",
  audit: "AUDIT_LOGS",
  "index-slow": "INDEX_SLOW_LOGS",
  "search-slow": "SEARCH_SLOW_LOGS",
} as const;

export interface SearchDomainProps {
  readonly domainName: string;
  /** ARN that it will have, for the policy that it is made with. */
  readonly domainArn: string;
  /** Such as OpenSearch_2.19. */
  readonly engineVersion: string;
  readonly instanceType: string;
  readonly instanceCount: number;
  /** One, two or three. */
  readonly availabilityZoneCount: number;
  /** Type of the three masters. @default data nodes are masters too */
  readonly dedicatedMasterType?: string;
  /** GiB of each data node. */
  readonly volumeSize: number;
  /** Isolated subnets, a zone each. */
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly dataKeyArn: string;
  readonly logsKeyArn: string;
  readonly logRetentionInDays: number;
  /** Days for which its audit log is kept. */
  readonly auditLogRetentionInDays: number;
  /** Name of the log group of a log. */
  readonly logGroupName: (log: string) => string;
  readonly accountRootArn: string;
  /** ARNs of the roles that may call it, `*` within. */
  readonly clientArns: string[];
  /** The role that administers users and rights within it. */
  readonly masterRoleArn: string;
  /** What must be there before it. */
  readonly dependsOn: ITerraformDependable[];
  /** Whether Terraform refuses to destroy it. */
  readonly protection: boolean;
}

/**
 * An OpenSearch domain in the network: encrypted everywhere, TLS 1.2 at least, fine-grained access control whose master
 * is a role, so that there is no password at all.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/bp.html
 */
export class SearchDomain extends Construct {
  readonly domain: OpensearchDomain;

  constructor(scope: Construct, id: string, props: SearchDomainProps) {
    super(scope, id);
    const { domainName, availabilityZoneCount: zones, dedicatedMasterType, instanceType, protection } = props;
    const burstable = instanceType.startsWith("t3.");
    const logs = Object.entries(LOGS).map(([name, logType]) => ({
      logType,
      cloudwatchLogGroupArn: new CloudwatchLogGroup(this, `log_${name.replace("-", "_")}`, {
        name: props.logGroupName(name),
        retentionInDays: name === "audit" ? props.auditLogRetentionInDays : props.logRetentionInDays,
        kmsKeyId: props.logsKeyArn,
      }).arn,
    }));
    this.domain = new OpensearchDomain(this, "domain", {
      domainName,
      engineVersion: props.engineVersion,
      clusterConfig: {
        instanceType,
        instanceCount: props.instanceCount,
        zoneAwarenessEnabled: zones > 1,
        ...(zones > 1 ? { zoneAwarenessConfig: { availabilityZoneCount: zones } } : {}),
        dedicatedMasterEnabled: dedicatedMasterType !== undefined,
        ...(dedicatedMasterType === undefined ? {} : { dedicatedMasterType, dedicatedMasterCount: 3 }),
        multiAzWithStandbyEnabled: false,
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", ...volume(props.volumeSize) },
      vpcOptions: {
        subnetIds: Fn.slice(props.subnetIds, 0, zones),
        securityGroupIds: [props.securityGroupId],
      },
      encryptAtRest: { enabled: true, kmsKeyId: props.dataKeyArn },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      advancedSecurityOptions: {
        enabled: true,
        internalUserDatabaseEnabled: false,
        masterUserOptions: { masterUserArn: props.masterRoleArn },
      },
      accessPolicies: policyDocument(this, "access", [
        {
          // Whom of the account its own IAM lets in, provided that it is one of these.
          sid: "RolesOfThisAccount",
          actions: ["es:ESHttp*"],
          resources: [`${props.domainArn}/*`],
          principals: forArn(props.accountRootArn),
          condition: [arnLike("aws:PrincipalArn", ...props.clientArns)],
        },
      ]).json,
      logPublishingOptions: logs,
      // AWS's changes come in the hours after half past midnight, UTC; t3 takes no tuning.
      offPeakWindowOptions: {
        enabled: true,
        offPeakWindow: { windowStartTime: { hours: 0, minutes: 30 } },
      },
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
      autoTuneOptions: burstable
        ? { desiredState: "DISABLED" }
        : { desiredState: "ENABLED", useOffPeakWindow: true },
      lifecycle: { preventDestroy: protection },
      dependsOn: props.dependsOn,
    });
  }
}

/** What gp3 does without further cost. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/opensearch-gp3.html */
const volume = (volumeSize: number) => ({
  volumeSize,
  iops: Math.max(3000, Math.min(16_000, 3 * volumeSize)),
  throughput: volumeSize > 170 ? 250 : 125,
});
