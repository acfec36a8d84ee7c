import type { Account } from "./account";
import type { PRESETS } from "./capabilities";
import type { ContinuousIntegration } from "./continuous-integration";
import type { DeliverySettings } from "./delivery";
import { servicesIn, type Fleet } from "./fleet";
import type { Service } from "./service";
import type { ServiceSource } from "./service/source";

/** An account that an image is deployed to. */
export interface DeliveryStage {
  readonly account: Account;
  /** Names of the services there that run the image, sorted; none where it is not deployed. */
  readonly services: readonly string[];
  /** Whether a person approves before. */
  readonly approval: boolean;
}

/** An image, from its source to the services that run it. Most images have one service, of the same name. */
export interface Delivery {
  /** The image repository's name in lower-case words joined by dashes: of its stack and its pipeline. */
  readonly name: string;
  /** The image repository. */
  readonly repository: string;
  readonly owner: string;
  readonly costCentre: string;
  readonly source: ServiceSource & { readonly repository: string };
  readonly cpuArchitecture: Service["cpuArchitecture"];
  /** In order of promotion; only accounts where a service runs the image. */
  readonly stages: readonly DeliveryStage[];
}

/** Every image that services run, by name; none where the organization has no `delivery`. */
export function deliveries(fleet: Fleet): readonly Delivery[] {
  const { delivery } = fleet.organization;
  if (delivery === undefined) return [];
  const stages = deliveryAccounts(fleet);
  return [...servicesByRepository(fleet)]
    .map(([repository, services]): Delivery => {
      const [first, ...others] = services;
      const { source, owner, costCentre, cpuArchitecture } =
        others.find(({ name }) => name === repository) ?? first;
      const code =
        source.repository ?? `${repositoryOwner(fleet, delivery)}/${repository.split("/").at(-1) ?? ""}`;
      return {
        name: deliveryName(repository),
        repository,
        owner,
        costCentre,
        source: { ...source, repository: code },
        cpuArchitecture,
        stages: stages.flatMap((account): DeliveryStage[] => {
          const there = servicesIn(fleet, account).filter((service) => service.repository === repository);
          const approval = account.capabilities.applyApproval;
          return there.length === 0 ? [] : [{ account, services: there.map(({ name }) => name), approval }];
        }),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Name of what delivers the images of a repository: stacks and pipelines take no slash. */
export const deliveryName = (repository: string) => repository.replaceAll(/[^a-z0-9]+/g, "-");

/** Services of all accounts by the repository of their image; each once an account. */
export function servicesByRepository(fleet: Fleet): ReadonlyMap<string, readonly [Service, ...Service[]]> {
  const found = new Map<string, [Service, ...Service[]]>();
  for (const service of fleet.accounts.flatMap((account) => servicesIn(fleet, account))) {
    const others = found.get(service.repository);
    if (others === undefined) found.set(service.repository, [service]);
    else others.push(service);
  }
  return found;
}

const PROMOTION: readonly (keyof typeof PRESETS)[] = ["development", "qa", "live"];

/** Accounts in order of promotion. */
export function deliveryAccounts({ accounts, organization: { delivery } }: Fleet): readonly Account[] {
  const hosts = accounts.filter(({ hosting }) => hosting !== undefined);
  if (delivery?.stages !== undefined) {
    const { stages } = delivery;
    return stages.flatMap((name) => [
      ...hosts.filter((account) => account.name === name),
      // A second region comes after its account, unless it has a place of its own.
      ...hosts.filter((account) => account.regionOf === name && !stages.includes(account.name)),
    ]);
  }
  return hosts
    .filter(({ preset }) => PROMOTION.includes(preset))
    .sort(
      (a, b) =>
        PROMOTION.indexOf(a.preset) - PROMOTION.indexOf(b.preset) ||
        Number(a.regionOf !== undefined) - Number(b.regionOf !== undefined),
    );
}

/** The platform's repository as its engine names it, `owner/name`. */
export function platformRepository(ci: ContinuousIntegration): string {
  switch (ci.provider) {
    case "github":
      return ci.repository;
    case "gitlab":
      return ci.project;
    case "bitbucket":
      return `${ci.workspace}/${ci.repository}`;
  }
}

/** Owner of the services' repositories. */
function repositoryOwner({ organization }: Fleet, delivery: DeliverySettings): string {
  const given = delivery.provider === "gitlab" ? delivery.group : delivery.owner;
  return given ?? platformRepository(organization.continuousIntegration).split("/").slice(0, -1).join("/");
}
