import { z } from "zod";

const balancer = z.looseObject({
  target_group_arn: z.string().nullish(),
  advanced_configuration: z
    .array(z.looseObject({ alternate_target_group_arn: z.string().nullish() }))
    .nullish(),
});

const serviceSchema = z.looseObject({
  name: z.string().default("the service"),
  deployment_controller: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  deployment_configuration: z.array(z.looseObject({ strategy: z.string().nullish() })).nullish(),
  load_balancer: z.array(balancer).nullish(),
});

type Service = z.output<typeof serviceSchema>;

/** A resource of a plan, as far as it is looked at here. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
  };
}

const byCodeDeploy = ({ deployment_controller: controller }: Service) =>
  controller?.[0]?.type === "CODE_DEPLOY";

const strategyOf = ({ deployment_configuration: configuration }: Service) =>
  configuration?.[0]?.strategy ?? "ROLLING";

const shifts = (service: Service) => byCodeDeploy(service) || strategyOf(service) !== "ROLLING";

const first = ({ load_balancer: balancers }: Service) =>
  (balancers ?? []).flatMap(({ target_group_arn: arn }) => arn ?? []);

const second = ({ load_balancer: balancers }: Service) =>
  (balancers ?? []).flatMap(
    ({ advanced_configuration: more }) => more?.[0]?.alternate_target_group_arn ?? [],
  );

/** Known only after the apply, it is there nonetheless. */
const hasSecond = ({ load_balancer: balancers }: Service) =>
  (balancers ?? []).some(({ advanced_configuration: more }) => (more ?? []).length > 0);

/**
 * What a plan would do to the traffic of services whose deployments move it, and must not, in words. While a strategy
 * moves traffic, its service's load balancers are ECS's or CodeDeploy's to write: Terraform changes what stands around
 * them, and the service does not learn of it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html
 */
export function trafficFaults(resources: readonly PlannedResource[]): string[] {
  return resources
    .filter(({ type, change }) => type === "aws_ecs_service" && !change.actions.includes("delete"))
    .flatMap(({ change }) => {
      const before = serviceSchema.safeParse(change.before);
      const after = serviceSchema.safeParse(change.after);
      return before.success && after.success ? faultsOf(before.data, after.data, resources) : [];
    });
}

function faultsOf(before: Service, after: Service, resources: readonly PlannedResource[]): string[] {
  const { name } = after;
  const told = JSON.stringify(before.load_balancer) !== JSON.stringify(after.load_balancer);
  const codeDeploy = byCodeDeploy(after);
  if (!codeDeploy && shifts(after) && !told && !hasSecond(before))
    return [
      `${name} has one target group behind each load balancer, and ${strategyOf(after)} needs two that ECS knows. ${PREPARE} Then write ${strategyOf(after)}.`,
    ];
  if (!codeDeploy && shifts(before) && told && !hasSecond(after))
    return [`${name} has its traffic moved by ECS, which would be left without a target group. ${PREPARE}`];
  if (second(after).some((arn) => first(before).includes(arn)))
    return [
      `The traffic of ${name} is in the second target group, and its new tasks would be in the first. Each deployment changes sides: slipway restart ${name}, then this again.`,
    ];
  const moved = told || !shifts(after) ? [] : resources.filter((each) => standsAround(each, codeDeploy));
  if (moved.length === 0) return [];
  return [
    `${name} would not learn of ${moved.map(({ address }) => address).join(", ")}: while deployments move its traffic, Terraform leaves its load balancers alone. ${codeDeploy ? "CodeDeploy is for life: make it a service of another name." : PREPARE}`,
  ];
}

const PREPARE = 'First write strategy: "ROLLING" and prepared: true, and apply that (docs/rollouts.md).';

/** Target groups and rules that come or go, and another port of the tasks. */
function standsAround({ address, type, change }: PlannedResource, codeDeploy: boolean): boolean {
  const comesOrGoes = change.actions.includes("create") || change.actions.includes("delete");
  if (type === "aws_lb_target_group") return comesOrGoes;
  // CodeDeploy is told of the listener for tests by its deployment group.
  if (type === "aws_lb_listener_rule") return comesOrGoes && !(codeDeploy && /_test_rule_/.test(address));
  if (type !== "aws_vpc_security_group_ingress_rule" || !/\.door_.*_ingress$/.test(address)) return false;
  const [before, after] = [portSchema.safeParse(change.before), portSchema.safeParse(change.after)];
  return before.success && after.success && before.data.from_port !== after.data.from_port;
}

const portSchema = z.looseObject({ from_port: z.number() });
