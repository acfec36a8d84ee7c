import type { ITerraformDependable } from "cdktf";
import type { Service } from "../../environments/schema/service";
import type { TaskVolume } from "../../modules/compute/task-definition";
import type { Statement } from "../../modules/identity/policy";
import type { PlatformStack } from "../platform-stack";

/** What a feature may look at: the service's stack, and its definition in that account. */
export interface ServiceContext {
  readonly stack: PlatformStack;
  readonly definition: Service;
}

/** What a part of a service's definition adds to its tasks. */
export interface Contribution {
  /** Environment variables; the definition's own win. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variable to what ECS resolves: the ARN of a secret, with or without a JSON key. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** ARNs of the secrets behind `secrets`, which the execution role reads. */
  readonly secretArns?: readonly string[];
  /** What its code may do. */
  readonly statements?: readonly Statement[];
  /** AWS services through which its code uses the account's data key, such as `sqs`. */
  readonly keyUsers?: readonly string[];
  /** Groups of stores that its tasks join. */
  readonly securityGroupIds?: readonly string[];
  readonly volumes?: readonly TaskVolume[];
  /** What must be there before the first task. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A part of a service's definition: a file of this folder, and a line in `features.ts`. */
export type ServiceFeature = (context: ServiceContext) => Contribution;

/** Contributions as one. */
export function combine(contributions: readonly Contribution[]): Required<Contribution> {
  return {
    environment: Object.assign({}, ...contributions.map(({ environment }) => environment)) as Record<
      string,
      string
    >,
    secrets: Object.assign({}, ...contributions.map(({ secrets }) => secrets)) as Record<string, string>,
    secretArns: unique(contributions.flatMap(({ secretArns = [] }) => secretArns)),
    statements: contributions.flatMap(({ statements = [] }) => statements),
    keyUsers: unique(contributions.flatMap(({ keyUsers = [] }) => keyUsers)).sort(),
    securityGroupIds: unique(contributions.flatMap(({ securityGroupIds = [] }) => securityGroupIds)),
    volumes: contributions.flatMap(({ volumes = [] }) => volumes),
    dependsOn: contributions.flatMap(({ dependsOn = [] }) => dependsOn),
  };
}

const unique = (values: readonly string[]) => [...new Set(values)];

/** `charging-events` as a part of an environment variable: `CHARGING_EVENTS`. */
export const variable = (name: string) => name.replaceAll("-", "_").toUpperCase();

/** `charging-events` as a part of a statement's id: `ChargingEvents`. */
export const pascal = (name: string) =>
  name.replaceAll(/(^|-)([a-z0-9])/g, (_match, _dash, letter: string) => letter.toUpperCase());
