import type { TerraformStack } from "cdktf";
import { blocks, record, referenced, type Attributes } from "./values";

/** What guardrails must know of a stack beyond its resources. */
export interface StackFacts {
  readonly accountId: string;
  /** Ids of all accounts of the organization. */
  readonly organizationAccounts: readonly string[];
  /** Whether it is in the management account, which holds no workload. */
  readonly management: boolean;
  /** Whether what is stateful must refuse deletion. */
  readonly protection: boolean;
  /** Whether load balancers of the account may face the internet. */
  readonly publicLoadBalancers: boolean;
  /** Whether a person asked for this stack's protection to be lifted. */
  readonly lifted: boolean;
  /** ARN of the account's permissions boundary. */
  readonly boundaryArn: string;
  /** Beginning of the names of bootstrap's roles. */
  readonly bootstrapPrefix: string;
  /** Name of the role that plans. */
  readonly planRole: string;
  /** Name of the role that releases. */
  readonly releaseRole: string;
}

/** A resource, data source, provider or backend, as Terraform will read it. */
export interface AuditedResource {
  readonly address: string;
  readonly type: string;
  /** Its arguments by Terraform's names; references are expressions such as `${aws_vpc.main.id}`. */
  readonly attributes: Attributes;
}

/** A stack as its Terraform JSON will be, overrides included, so that no escape hatch escapes. */
export class AuditedStack {
  readonly id: string;
  private readonly resources = new Map<string, AuditedResource>();
  private readonly types = new Map<string, AuditedResource[]>();

  constructor(
    stack: TerraformStack,
    readonly facts: StackFacts,
  ) {
    this.id = stack.node.id;
    const json = record(stack.toTerraform());
    for (const [kind, prefix] of [
      ["resource", ""],
      ["data", "data."],
    ] as const) {
      for (const [type, ids] of Object.entries(record(json[kind])))
        for (const [id, attributes] of Object.entries(record(ids)))
          this.add(`${prefix}${type}.${id}`, `${prefix}${type}`, record(attributes));
    }
    for (const [type, configurations] of Object.entries(record(json["provider"]))) {
      for (const attributes of blocks(configurations)) {
        const { alias } = attributes;
        this.add(
          `provider.${type}${typeof alias === "string" ? `.${alias}` : ""}`,
          `provider.${type}`,
          attributes,
        );
      }
    }
    const [backend] = Object.entries(record(record(json["terraform"])["backend"]));
    this.add(
      "terraform.backend",
      "terraform.backend",
      backend === undefined ? {} : { backend: backend[0], ...record(backend[1]) },
    );
    for (const [id, module] of Object.entries(record(json["module"])))
      this.add(`module.${id}`, "module", record(module));
  }

  get all(): readonly AuditedResource[] {
    return [...this.resources.values()];
  }

  ofType(type: string): readonly AuditedResource[] {
    return this.types.get(type) ?? [];
  }

  /** The resource of this stack that an expression refers to as a whole. */
  follow(value: unknown): AuditedResource | undefined {
    const address = referenced(value);
    return address === undefined ? undefined : this.resources.get(address);
  }

  private add(address: string, type: string, attributes: Attributes): void {
    const resource = { address, type, attributes };
    this.resources.set(address, resource);
    const others = this.types.get(type);
    if (others === undefined) this.types.set(type, [resource]);
    else others.push(resource);
  }
}
