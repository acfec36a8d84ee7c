import { TerraformResource } from "cdktf";
import type { PlatformStack } from "../stacks/platform-stack";

/** A resource of a stack, before any plan. */
export interface StackResource {
  readonly type: string;
  /** `<type>.<logical id>`. */
  readonly address: string;
  readonly resource: TerraformResource;
}

/** A stack's resources, sorted by address. */
export function resourcesOf(stack: PlatformStack): StackResource[] {
  return stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .map((resource) => ({
      type: resource.terraformResourceType,
      address: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
      resource,
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Addresses of a stack that refuse to be destroyed. */
export function protectedAddresses(stack: PlatformStack): string[] {
  return resourcesOf(stack)
    .filter(({ resource }) => {
      const { lifecycle } = resource;
      return (
        typeof lifecycle === "object" && "preventDestroy" in lifecycle && lifecycle.preventDestroy === true
      );
    })
    .map(({ address }) => address);
}
