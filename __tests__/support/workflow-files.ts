import { dirname } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { workflowFiles } from "../../cli/workflows/all";
import type { Fleet } from "../../environments/schema/fleet";
import { synthesized } from "./synthesized";

/** A job of a GitHub workflow, as far as tests look at it. */
export interface GithubJob {
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly strategy?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Readonly<Record<string, unknown>>[];
}

export interface GithubWorkflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": string | boolean };
  readonly jobs: Readonly<Record<string, GithubJob>>;
}

/** What `slipway workflows` writes for a fleet, text by path. */
export function writtenFiles(fleet: Fleet): ReadonlyMap<string, string> {
  return new Map(
    workflowFiles(synthesized(fleet).platform, dirname(fleet.directory)).map(({ path, text }) => [
      path,
      text,
    ]),
  );
}

/** The GitHub workflows of a fleet by name. */
export function githubWorkflowsOf(fleet: Fleet): ReadonlyMap<string, GithubWorkflow> {
  return new Map(
    [...writtenFiles(fleet)].map(([path, text]) => [
      path.replace(/^.*\/|\.yml$/g, ""),
      parse(text) as GithubWorkflow,
    ]),
  );
}

/** A step of Bitbucket's, as far as tests look at it. */
export interface BitbucketStep {
  readonly name: string;
  readonly oidc?: boolean;
  readonly deployment?: string;
  readonly trigger?: string;
  readonly "max-time"?: number;
  readonly script: readonly string[];
}

type BitbucketItem = { readonly step: BitbucketStep } | { readonly parallel: readonly BitbucketItem[] };

/** The steps of `pull-requests`, of `branches` and of `custom` in a fleet's Bitbucket file. */
export function bitbucketStepsOf(
  fleet: Fleet,
): Readonly<Record<"pull-requests" | "branches" | "custom", readonly BitbucketStep[]>> {
  const text = writtenFiles(fleet).get("bitbucket-pipelines.yml") ?? "";
  const { pipelines } = parse(text) as {
    pipelines: Record<"pull-requests" | "branches" | "custom", Record<string, BitbucketItem[]>>;
  };
  const steps = (item: BitbucketItem): BitbucketStep[] =>
    "step" in item ? [item.step] : item.parallel.flatMap(steps);
  const all = (kind: keyof typeof pipelines) => Object.values(pipelines[kind]).flat().flatMap(steps);
  return { "pull-requests": all("pull-requests"), branches: all("branches"), custom: all("custom") };
}

/** A job of GitLab's, as far as tests look at it. */
export interface GitlabJob {
  readonly extends?: string;
  readonly stage?: string;
  readonly rules?: readonly Readonly<Record<string, unknown>>[];
  readonly needs?: readonly unknown[];
  readonly trigger?: Readonly<Record<string, unknown>>;
  readonly environment?: unknown;
  readonly resource_group?: string;
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly timeout?: string;
  readonly interruptible?: boolean;
}

/** The jobs of a fleet's GitLab files by name, each with what it extends. */
export function gitlabJobsOf(fleet: Fleet): ReadonlyMap<string, GitlabJob> {
  const texts = [...writtenFiles(fleet)]
    .filter(([path]) => /^(\.gitlab|templates)/.test(path))
    .map(([, text]) => text);
  const raw = new Map(
    texts
      .flatMap((text) => parseAllDocuments(text).map((document): unknown => document.toJS()))
      .flatMap((document) => Object.entries(document as Record<string, GitlabJob>)),
  );
  return new Map([...raw].map(([name]) => [name, extended(raw, name)]));
}

function extended(jobs: ReadonlyMap<string, GitlabJob>, name: string): GitlabJob {
  const job = jobs.get(name) ?? {};
  return job.extends === undefined ? job : { ...extended(jobs, job.extends), ...job };
}
