import { isDeepStrictEqual } from "node:util";
import { deliveryName, servicesByRepository } from "../deliveries";
import type { Fleet } from "../fleet";
import { nearest } from "../parse";
import type { Service } from "../service";
import type { Violation } from "../violation";

/**
 * Pipelines that CodePipeline allows in a region.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
const MOST_PIPELINES = 1000;
/** Longest name of what delivers an image, so that its role's name fits into IAM's 64 characters. */
const LONGEST_NAME = 48;

/** The engine can reach the repositories, and each image has one source. */
export function checkDelivery(fleet: Fleet): Violation[] {
  if (fleet.organization.delivery === undefined) return [];
  return [...checkEngine(fleet), ...checkStages(fleet), ...checkImages(fleet)];
}

function checkEngine({ organization, sources }: Fleet): Violation[] {
  const { continuousIntegration: ci, delivery } = organization;
  if (delivery === undefined) return [];
  const file = sources.organization;
  if (delivery.provider !== "codepipeline") {
    return delivery.provider === ci.provider
      ? []
      : [
          {
            file,
            path: "delivery.provider",
            given: delivery.provider,
            allowed: `codepipeline or ${ci.provider}: accounts trust the tokens of continuousIntegration's engine only`,
            mend: `write "codepipeline"`,
          },
        ];
  }
  return ci.provider === "gitlab" && new URL(ci.url).host !== "gitlab.com"
    ? [
        {
          file,
          path: "delivery.provider",
          given: "codepipeline",
          allowed: `gitlab: CodeConnections reaches ${ci.url} only through a host in a VPC`,
          mend: 'write "gitlab"',
        },
      ]
    : [];
}

function checkStages({ organization, accounts, sources }: Fleet): Violation[] {
  const hosts = accounts.filter(({ hosting }) => hosting !== undefined).map(({ name }) => name);
  const stages = organization.delivery?.stages ?? [];
  return stages.flatMap((given, index): Violation[] => {
    const place = { file: sources.organization, path: `delivery.stages[${index}]`, given };
    if (stages.indexOf(given) < index) {
      return [{ ...place, allowed: "an account once", mend: "remove one of them" }];
    }
    if (hosts.includes(given)) return [];
    const meant = nearest(given, hosts);
    return [
      {
        ...place,
        allowed: `an account with hosting: ${hosts.join(", ") || "there is none"}`,
        ...(meant === undefined ? {} : { mend: `write "${meant}"` }),
      },
    ];
  });
}

function checkImages(fleet: Fleet): Violation[] {
  const repositories = servicesByRepository(fleet);
  const fileOf = ({ name }: Service) => fleet.sources.services[name] ?? name;
  const found = [...repositories].flatMap(([repository, [first, ...others]]): Violation[] => {
    const name = deliveryName(repository);
    return [
      ...(name.length <= LONGEST_NAME
        ? []
        : [
            {
              file: fileOf(first),
              path: "repository",
              given: repository,
              allowed: `at most ${LONGEST_NAME} characters where the organization has delivery`,
              mend: `shorten it by ${name.length - LONGEST_NAME}`,
            },
          ]),
      ...disagreements(first, others, fileOf),
    ];
  });
  return repositories.size <= MOST_PIPELINES || fleet.organization.delivery?.provider !== "codepipeline"
    ? found
    : [
        ...found,
        {
          file: fleet.sources.organization,
          path: "delivery.provider",
          given: `${repositories.size} images`,
          inWords: true,
          allowed: `at most ${MOST_PIPELINES} pipelines in a region, one an image`,
          mend: 'write "github" or "gitlab", or let services share images',
        },
      ];
}

/** An image is made once, of one source and for one architecture. */
function disagreements(
  first: Service,
  others: readonly Service[],
  fileOf: (service: Service) => string,
): Violation[] {
  const said = new Set<string>();
  return others.flatMap((other): Violation[] => {
    const file = fileOf(other);
    const tell = (violation: Omit<Violation, "file">): Violation[] => {
      const key = `${file} ${violation.path}`;
      if (said.has(key)) return [];
      said.add(key);
      return [{ file, ...violation }];
    };
    return [
      ...(isDeepStrictEqual(other.source, first.source)
        ? []
        : tell({
            path: "source",
            given: other.source,
            allowed: `what ${fileOf(first)} says: both run the image ${first.repository}, which is made once`,
            mend: "write the same, or give one of them a repository of its own",
          })),
      ...(other.cpuArchitecture === first.cpuArchitecture
        ? []
        : tell({
            path: "cpuArchitecture",
            given: other.cpuArchitecture,
            allowed: `${first.cpuArchitecture} in every account and service that runs the image ${first.repository}, which is made once`,
            mend: "write the same, or another repository",
          })),
    ];
  });
}
