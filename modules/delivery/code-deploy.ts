import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app";
import {
  CodedeployDeploymentConfig,
  type CodedeployDeploymentConfigTrafficRoutingConfig,
} from "@cdktf/provider-aws/lib/codedeploy-deployment-config";
import { CodedeployDeploymentGroup } from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface CodeDeployProps {
  /** Name of the application and of its one deployment group. */
  readonly applicationName: string;
  /** How traffic moves. */
  readonly shift: {
    /** Minutes that the old tasks run on once all traffic has moved. */
    readonly bakeTimeInMinutes: number;
    /** Name of a configuration of its own, and its steps. @default all traffic at once */
    readonly steps?: {
      readonly name: string;
      readonly type: "TimeBasedCanary" | "TimeBasedLinear";
      readonly percentage: number;
      /** Minutes between two steps. */
      readonly interval: number;
    };
  };
  readonly roleArn: string;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Listeners of production and of tests, and the target groups that take turns. */
  readonly listenerArn: string;
  readonly testListenerArn?: string;
  readonly targetGroupNames: readonly string[];
  /** Alarms that roll a deployment back; AWS takes ten. @default none */
  readonly alarmNames?: readonly string[];
  /** What a deployment starts. */
  readonly appSpec: {
    readonly parameterName: string;
    readonly taskDefinitionArn: string;
    readonly containerName: string;
    readonly containerPort: number;
    readonly subnetIds: string[];
    readonly securityGroupIds: string[];
    readonly capacityProviderStrategy: readonly {
      readonly capacityProvider: string;
      readonly base?: number;
      readonly weight?: number;
    }[];
  };
  /** What must be there before a deployment, and outlive the last. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * CodeDeploy as the writer of an ECS service: an application with one deployment group, and the AppSpec of the next
 * deployment in a parameter. Terraform describes what would run, a deployment makes it so.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
 */
export class CodeDeploy extends Construct {
  constructor(scope: Construct, id: string, props: CodeDeployProps) {
    super(scope, id);
    const { shift, alarmNames = [] } = props;
    const application = new CodedeployApp(this, "application", {
      name: props.applicationName,
      computePlatform: "ECS",
    });
    new CodedeployDeploymentGroup(this, "group", {
      appName: application.name,
      deploymentGroupName: props.applicationName,
      deploymentConfigName: this.configuration(shift.steps),
      serviceRoleArn: props.roleArn,
      ecsService: { clusterName: props.clusterName, serviceName: props.serviceName },
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      blueGreenDeploymentConfig: {
        deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
        terminateBlueInstancesOnDeploymentSuccess: {
          action: "TERMINATE",
          terminationWaitTimeInMinutes: shift.bakeTimeInMinutes,
        },
      },
      loadBalancerInfo: {
        targetGroupPairInfo: {
          prodTrafficRoute: { listenerArns: [props.listenerArn] },
          ...(props.testListenerArn === undefined
            ? {}
            : { testTrafficRoute: { listenerArns: [props.testListenerArn] } }),
          targetGroup: props.targetGroupNames.map((name) => ({ name })),
        },
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", ...(alarmNames.length === 0 ? [] : ["DEPLOYMENT_STOP_ON_ALARM"])],
      },
      ...(alarmNames.length === 0
        ? {}
        : { alarmConfiguration: { enabled: true, alarms: [...alarmNames].sort() } }),
      dependsOn: props.dependsOn,
    });
    new SsmParameter(this, "app_spec", {
      name: props.appSpec.parameterName,
      description: `AppSpec of the next deployment of ${props.serviceName}`,
      type: "String",
      insecureValue: appSpec(props.appSpec),
    });
  }

  private configuration(steps: CodeDeployProps["shift"]["steps"]): string {
    if (steps === undefined) return "CodeDeployDefault.ECSAllAtOnce";
    const { name, type, percentage, interval } = steps;
    const routing: CodedeployDeploymentConfigTrafficRoutingConfig =
      type === "TimeBasedCanary"
        ? { type, timeBasedCanary: { percentage, interval } }
        : { type, timeBasedLinear: { percentage, interval } };
    return new CodedeployDeploymentConfig(this, "configuration", {
      deploymentConfigName: name,
      computePlatform: "ECS",
      trafficRoutingConfig: routing,
      // AWS changes none, and deletes none that a group names.
      lifecycle: { createBeforeDestroy: true },
    }).deploymentConfigName;
  }
}

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
function appSpec(spec: CodeDeployProps["appSpec"]): string {
  return Fn.jsonencode({
    version: "0.0",
    Resources: [
      {
        TargetService: {
          Type: "AWS::ECS::Service",
          Properties: {
            TaskDefinition: spec.taskDefinitionArn,
            LoadBalancerInfo: { ContainerName: spec.containerName, ContainerPort: spec.containerPort },
            NetworkConfiguration: {
              AwsvpcConfiguration: {
                Subnets: spec.subnetIds,
                SecurityGroups: spec.securityGroupIds,
                AssignPublicIp: "DISABLED",
              },
            },
            CapacityProviderStrategy: spec.capacityProviderStrategy.map(
              ({ capacityProvider, base = 0, weight = 1 }) => ({
                CapacityProvider: capacityProvider,
                Base: base,
                Weight: weight,
              }),
            ),
          },
        },
      },
    ],
  });
}
