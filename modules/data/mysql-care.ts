import { SsmAssociation } from "@cdktf/provider-aws/lib/ssm-association";
import { SsmDocument } from "@cdktf/provider-aws/lib/ssm-document";
import { SsmPatchBaseline } from "@cdktf/provider-aws/lib/ssm-patch-baseline";
import { SsmPatchGroup } from "@cdktf/provider-aws/lib/ssm-patch-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface MysqlCareProps {
  readonly clusterName: string;
  readonly patchGroup: string;
  /** The program that keeps a member as it should be. */
  readonly program: string;
  /** By number. */
  readonly members: readonly { readonly instanceId: string; readonly volumeId: string }[];
  /** Number of the member that writes, and is patched last. */
  readonly primary: number;
  readonly dependsOn: ITerraformDependable[];
}

/** Hour of Sunday, UTC, at which the first member is patched; an hour later the next. */
const FIRST_HOUR = 2;

/**
 * Systems Manager looks after the members: a document that keeps each as it should be, and patches, which are looked for
 * every day and installed every week, one member at a time, the primary last.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html
 */
export class MysqlCare extends Construct {
  constructor(scope: Construct, id: string, props: MysqlCareProps) {
    super(scope, id);
    const { clusterName, dependsOn } = props;
    const document = new SsmDocument(this, "document", {
      name: `${clusterName}-keep`,
      documentType: "Command",
      documentFormat: "JSON",
      targetType: "/AWS::EC2::Instance",
      content: JSON.stringify(keepDocument(clusterName, props.program)),
    });
    const baseline = new SsmPatchBaseline(this, "baseline", {
      name: clusterName,
      description: `Patches of ${clusterName}: security and bugs, a week after they are published`,
      operatingSystem: "AMAZON_LINUX_2023",
      approvalRule: ["Security", "Bugfix"].map((classification) => ({
        approveAfterDays: 7,
        complianceLevel: classification === "Security" ? "CRITICAL" : "MEDIUM",
        patchFilter: [{ key: "CLASSIFICATION", values: [classification] }],
      })),
    });
    new SsmPatchGroup(this, "patch_group", { baselineId: baseline.id, patchGroup: props.patchGroup });
    const numbers = props.members.map((_, index) => index + 1);
    const last = (number: number) => Number(number === props.primary);
    const turns = [...numbers].sort((a, b) => last(a) - last(b) || a - b);
    props.members.forEach(({ instanceId, volumeId }, index) => {
      const number = index + 1;
      const targets = [{ key: "InstanceIds", values: [instanceId] }];
      new SsmAssociation(this, `keep_${number}`, {
        name: document.name,
        associationName: `${clusterName}-${number}-keep`,
        targets,
        parameters: { number: String(number), volume: volumeId },
        // As long as packages or the password are not there, and for whatever somebody has changed by hand.
        scheduleExpression: "rate(30 minutes)",
        complianceSeverity: "HIGH",
        dependsOn,
      });
      const patch = (operation: string, id: string, scheduleExpression: string) =>
        new SsmAssociation(this, id, {
          name: "AWS-RunPatchBaseline",
          associationName: `${clusterName}-${number}-patch-${operation.toLowerCase()}`,
          targets,
          parameters: {
            Operation: operation,
            RebootOption: operation === "Install" ? "RebootIfNeeded" : "NoReboot",
          },
          scheduleExpression,
          // Another hour is no reason to patch and restart at once.
          applyOnlyAtCronInterval: true,
          complianceSeverity: "HIGH",
        });
      patch("Scan", `scan_${number}`, "cron(0 5 ? * * *)");
      patch("Install", `install_${number}`, `cron(0 ${FIRST_HOUR + turns.indexOf(number)} ? * SUN *)`);
    });
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html */
function keepDocument(clusterName: string, program: string) {
  const path = "/usr/local/sbin/slipway-mysql";
  return {
    schemaVersion: "2.2",
    description: `Keeps a member of ${clusterName} as it should be`,
    parameters: {
      number: { type: "String", description: "Number of the member", allowedPattern: "^[1-9]$" },
      volume: { type: "String", description: "Its volume", allowedPattern: "^vol-[0-9a-f]+$" },
    },
    mainSteps: [
      {
        action: "aws:runShellScript",
        name: "keep",
        inputs: {
          timeoutSeconds: "7200",
          runCommand: [
            "set -eu",
            "printf 'NUMBER=%s\\nVOLUME=%s\\n' '{{ number }}' '{{ volume }}' > /etc/slipway-mysql.env",
            `cat > ${path}.new <<'END_OF_PROGRAM'`,
            ...program.split("\n"),
            "END_OF_PROGRAM",
            `chmod 0750 ${path}.new`,
            `mv ${path}.new ${path}`,
            `${path} keep`,
          ],
        },
      },
    ],
  };
}
