import {
  DefaultTokenResolver,
  StringConcat,
  TerraformBackend,
  TerraformDataSource,
  TerraformElement,
  TerraformModule,
  TerraformProvider,
  TerraformResource,
  Tokenization,
  type TerraformStack,
} from "cdktf";
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
  /** Whether a person asked for this stack's protection to be lifted. */
  readonly lifted: boolean;
  /** ARN of the account's permissions boundary. */
  readonly boundaryArn: string;
  /** Name of the role that plans. */
  readonly planRole: string;
}

/** A resource, data source, provider or backend, as Terraform will read it. */
export class AuditedResource {
  private resolved?: Attributes;

  constructor(
    readonly address: string,
    readonly type: string,
    private readonly resolve: () => Attributes,
  ) {}

  /** Its arguments by Terraform's names; references are expressions such as `${aws_vpc.main.id}`. */
  get attributes(): Attributes {
    this.resolved ??= this.resolve();
    return this.resolved;
  }
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * A stack as its Terraform JSON will be, overrides included, so that no escape hatch escapes. Only what is asked
 * for is resolved: resolving all of it would cost as much as the synth itself.
 */
export class AuditedStack {
  readonly id: string;
  private readonly resources = new Map<string, AuditedResource>();
  private readonly types = new Map<string, AuditedResource[]>();

  constructor(
    stack: TerraformStack,
    readonly facts: StackFacts,
  ) {
    this.id = stack.node.id;
    // CDKTF keeps a stack's overrides to itself; without them the lock file and escape hatches would go unseen.
    const overrides = record(Reflect.get(stack, "rawOverrides"));
    for (const construct of stack.node.findAll()) {
      if (TerraformElement.isTerraformElement(construct)) this.addElement(construct, overrides);
    }
    this.addOverrides(overrides);
    if (!this.types.has("terraform.backend")) this.add("terraform.backend", "terraform.backend", () => ({}));
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

  private addElement(element: TerraformElement, overrides: Attributes): void {
    const synthesized = (...path: string[]) => dig(this.synthesize(element), path);
    if (TerraformResource.isTerraformResource(element)) {
      const { terraformResourceType: type, friendlyUniqueId: id } = element;
      this.add(`${type}.${id}`, type, () =>
        merge(synthesized("resource", type, id), dig(overrides, ["resource", type, id])),
      );
    } else if (TerraformDataSource.isTerraformDataSource(element)) {
      const { terraformResourceType: type, friendlyUniqueId: id } = element;
      this.add(`data.${type}.${id}`, `data.${type}`, () =>
        merge(synthesized("data", type, id), dig(overrides, ["data", type, id])),
      );
    } else if (TerraformProvider.isTerraformProvider(element)) {
      const { terraformResourceType: type, alias } = element;
      this.add(`provider.${type}${alias === undefined ? "" : `.${alias}`}`, `provider.${type}`, () =>
        record(blocks(dig(this.synthesize(element), ["provider"])[type])[0]),
      );
    } else if (TerraformBackend.isBackend(element)) {
      this.add("terraform.backend", "terraform.backend", () => {
        const [name = "none"] = Object.keys(synthesized("terraform", "backend"));
        return {
          backend: name,
          ...merge(synthesized("terraform", "backend", name), dig(overrides, ["terraform", "backend", name])),
        };
      });
    } else if (element instanceof TerraformModule) {
      this.add(`module.${element.friendlyUniqueId}`, "module", () => ({}));
    }
  }

  /** What exists by an override of the stack only. */
  private addOverrides(overrides: Attributes): void {
    for (const [kind, prefix] of [
      ["resource", ""],
      ["data", "data."],
    ] as const) {
      for (const [type, ids] of Object.entries(record(overrides[kind]))) {
        for (const [id, attributes] of Object.entries(record(ids))) {
          const address = `${prefix}${type}.${id}`;
          if (!this.resources.has(address)) this.add(address, `${prefix}${type}`, () => record(attributes));
        }
      }
    }
    for (const attributes of blocks(record(overrides["provider"])["aws"])) {
      this.add("provider.aws.override", "provider.aws", () => attributes);
    }
    for (const id of Object.keys(record(overrides["module"]))) this.add(`module.${id}`, "module", () => ({}));
  }

  private add(address: string, type: string, resolve: () => Attributes): void {
    const resource = new AuditedResource(address, type, resolve);
    this.resources.set(address, resource);
    const others = this.types.get(type);
    if (others === undefined) this.types.set(type, [resource]);
    else others.push(resource);
  }

  private synthesize(element: TerraformElement): Attributes {
    const resolved: unknown = Tokenization.resolve(element.toTerraform(), {
      scope: element,
      preparing: false,
      resolver: RESOLVER,
    });
    return record(resolved);
  }
}

function dig(value: unknown, path: readonly string[]): Attributes {
  return path.reduce<Attributes>((current, key) => record(current[key]), record(value));
}

function merge(base: Attributes, over: Attributes): Attributes {
  const entries = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    const nested = Object.keys(record(value)).length > 0 && Object.keys(record(before)).length > 0;
    return [key, nested ? merge(record(before), record(value)) : value] as const;
  });
  return entries.length === 0 ? base : { ...base, ...Object.fromEntries(entries) };
}
