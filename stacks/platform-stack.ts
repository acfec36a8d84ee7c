import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { AddressCollisionError } from "./errors";
import { render } from "./rendering";

/** What every stack is made from. */
export interface PlatformStackProps {
  readonly fleet: Fleet;
  /** The account the stack lives in; its id is the only one the provider and the backend accept. */
  readonly account: Account;
  /** What the stack is about; second part of its id. */
  readonly concern: string;
  /**
   * What distinguishes it from others of its concern; third part of its id.
   * @default none: one stack of its concern in the account
   */
  readonly name?: string;
  /**
   * The service that it belongs to, for tags.
   * @default the platform itself, owned by the organization's owner
   */
  readonly service?: { readonly name: string; readonly owner: string; readonly costCentre: string };
  /**
   * Whether what refuses deletion is to allow it: for `slipway down --lift-protection` only.
   * @default false
   */
  readonly liftProtection?: boolean;
  /**
   * Environment variables by which whoever runs brings credentials of others than AWS: a stack with any holds nothing
   * of AWS, and has another provider.
   * @default none: a stack of AWS
   */
  readonly credentials?: readonly string[];
}

/**
 * Base of every stack: backend, AWS's provider, default tags, readable addresses; nothing else.
 *
 * Neither backend nor provider names a role or a key: whoever runs brings credentials for this account, and
 * `allowed_account_ids` refuses those of any other.
 */
export class PlatformStack extends TerraformStack {
  readonly fleet: Fleet;
  readonly account: Account;
  readonly concern: string;
  /** Whether stateful resources refuse deletion. */
  readonly protection: boolean;
  /** Whether what holds data leaves a last snapshot when it goes: where it is protected, and also once that is lifted. */
  readonly finalSnapshot: boolean;
  /** The provider's default tags, for what AWS itself makes and the provider does not see, such as instances. */
  readonly tags: Readonly<Record<string, string>>;
  /** Environment variables with credentials of others than AWS; none in stacks of AWS. */
  readonly credentials: readonly string[];
  /** Paths of the contracts this stack publishes, and those it reads. */
  readonly contracts = { published: new Set<string>(), read: new Set<string>() };
  private readonly addresses = new Map<string, string>();
  private finished: Readonly<Record<string, unknown>> | undefined;

  constructor(scope: Construct, props: PlatformStackProps) {
    const { fleet, account, concern, name } = props;
    const id = names.stackId(account, concern, name);
    super(scope, id);
    this.fleet = fleet;
    this.account = account;
    this.concern = concern;
    this.credentials = props.credentials ?? [];
    this.finalSnapshot = account.capabilities.deletionProtection;
    this.protection = this.finalSnapshot && props.liftProtection !== true;

    new S3Backend(this, {
      bucket: names.stateBucket(fleet.organization, account),
      key: `${id}.tfstate`,
      region: account.region,
      encrypt: true,
      kmsKeyId: names.stateKeyArn(account),
      allowedAccountIds: [account.id],
    });
    // S3BackendConfig has no property for the lock file (cdktf 0.21).
    this.addOverride("terraform.backend.s3.use_lockfile", true);

    this.tags = {
      organization: fleet.organization.name,
      account: account.name,
      environment: account.kind === "workload" ? account.preset : account.kind,
      component: concern,
      service: props.service?.name ?? "platform",
      owner: props.service?.owner ?? fleet.organization.owner,
      "cost-centre": props.service?.costCentre ?? account.costCentre,
    };
    if (this.credentials.length > 0) return;
    new AwsProvider(this, "aws", {
      region: account.region,
      allowedAccountIds: [account.id],
      defaultTags: [{ tags: { ...this.tags } }],
    });
  }

  /** cdktf prepares references between stacks here, at a fourth of a synth; contracts are instead of them. */
  override prepareStack(): void {
    this.ensureBackendExists();
  }

  override toTerraform(): Readonly<Record<string, unknown>> {
    return this.finished ?? render(this);
  }

  /** Renders the stack once and for all, so that what is judged and what is written cost one rendering. */
  finish(): void {
    this.finished ??= render(this);
  }

  /**
   * A logical id is the path below the stack, joined by `_`: an interface that states and `moved` blocks rest on.
   * @throws AddressCollisionError when two constructs of one Terraform type would share an address.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const logicalId = path.join("_");
    const kind = TerraformElement.isTerraformElement(element) ? terraformKind(element) : "node";
    const address = `${kind}.${logicalId}`;
    const holder = this.addresses.get(address);
    if (holder !== undefined && holder !== node.path)
      throw new AddressCollisionError(address, holder, node.path);
    this.addresses.set(address, node.path);
    return logicalId;
  }
}

/** What makes an id unique within a stack: `data.` or not, and the Terraform type. */
function terraformKind(element: TerraformElement): string {
  const type =
    "terraformResourceType" in element ? String(element.terraformResourceType) : element.constructor.name;
  return "dataSource" in element || element.constructor.name.startsWith("DataAws") ? `data.${type}` : type;
}
