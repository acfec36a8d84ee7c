import { z } from "zod";

const quota = (aws: number, what: string) =>
  z.number().int().min(1).max(10_000).default(aws).describe(`${what}. Default: ${aws}, as AWS has it.`);

/**
 * What AWS allows an account in its region, where it raises that on request (Service Quotas). Write here what was
 * granted; what AWS raises for nobody is in `FIXED`.
 */
export const quotas = z.strictObject({
  albRules: quota(100, "Rules of an Application Load Balancer, defaults aside"),
  albs: quota(50, "Application Load Balancers of the region"),
  nlbs: quota(50, "Network Load Balancers of the region"),
  nlbListeners: quota(50, "Listeners of a Network Load Balancer"),
  apiRoutes: quota(300, "Routes of an API of API Gateway"),
  vpcLinks: quota(10, "VPC links of API Gateway in the region, one an API"),
  targetGroups: quota(3_000, "Target groups of the region"),
  securityGroupRules: quota(60, "Rules of a security group in one direction"),
});

export type Quotas = z.output<typeof quotas>;

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
export const FIXED = {
  /** Target groups of an Application Load Balancer. */
  albTargetGroups: 100,
  /** Values in the conditions of one rule: host names and paths together. */
  conditionValues: 5,
  /** Target groups of an ECS service. */
  serviceTargetGroups: 5,
  /** Containers of a task definition. */
  taskContainers: 10,
  /** Bytes of a task definition. */
  taskDefinitionBytes: 65_536,
  /** Security groups of a task. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
  taskSecurityGroups: 5,
} as const;

/** How much of a load balancer `slipway allocate` fills: the rest is room for further paths of hosts that are there. */
export const FILL = 0.8;
