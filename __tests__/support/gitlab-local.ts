import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./company";
import { program, stubRegistry, type RegistryState, type StubRegistry } from "./stub-registry";

/** A repository as GitLab has it, in a folder. */
export interface Repository {
  /** `group/project` */
  readonly path: string;
  readonly folder: string;
  readonly commit: string;
}

/** Makes a repository of files, text by path, on the branch main. */
export function repositoryOf(path: string, files: Readonly<Record<string, string>>): Repository {
  const folder = temporaryFolder();
  const git = (...args: readonly string[]) =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    }).stdout.trim();
  git("init", "--quiet", "--initial-branch", "main");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
  }
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
  git("remote", "add", "origin", `git@gitlab.com:${path}.git`);
  return { path, folder, commit: git("rev-parse", "HEAD") };
}

/** What a pipeline is run with. */
export interface PipelineRun {
  /** Repositories that it includes files of. */
  readonly others?: readonly Repository[];
  readonly registry?: RegistryState;
  readonly variables?: Readonly<Record<string, string>>;
  /** Programs beside those of the registry, shell scripts by name. */
  readonly programs?: Readonly<Record<string, string>>;
  /** What GitLab's API answers. @default 201 */
  readonly answer?: number;
  readonly arguments?: readonly string[];
}

export interface PipelineResult {
  readonly status: number | null;
  readonly said: string;
  readonly registry: StubRegistry;
  /** Requests to GitLab's API: method, path and body. */
  readonly requests: readonly string[];
}

/** Runs a repository's pipeline by gitlab-ci-local, each job in this machine's shell. */
export async function runPipeline(repository: Repository, run: PipelineRun = {}): Promise<PipelineResult> {
  const folder = temporaryFolder();
  const registry = stubRegistry(folder, run.registry);
  const config = join(folder, "gitconfig");
  writeFileSync(config, (run.others ?? []).map(insteadOf).join(""));
  const origin = `url.file://${repository.folder}.insteadOf=git@gitlab.com:${repository.path}.git`;
  const programs = {
    git: `[ "$1" = fetch ] && exec ${realGit} -c "${origin}" "$@"\nexec ${realGit} "$@"`,
    // gitlab-ci-local copies the files that it runs with these.
    rsync: `for last; do :; done\ntar --exclude=./.gitlab-ci-local -cf - . | tar -xf - -C "$last"`,
    containers: `case "$1 $2" in "image inspect") echo '[{"Config":{}}]' ;; *) echo none ;; esac`,
    ...run.programs,
  };
  for (const [name, body] of Object.entries(programs)) program(registry.bin, name, `#!/bin/sh\n${body}\n`);
  const api = await gitlabApi(run.answer ?? 201);
  const variables = {
    CI_API_V4_URL: api.url,
    CI_JOB_TOKEN: "job-token",
    SLIPWAY_TOKEN: "jwt",
    ...run.variables,
  };
  const { status, said } = await execute(
    [
      ...["--force-shell-executor", "--shell-isolation", "--no-color"],
      ...["--container-executable", "containers", "--home", join(folder, "home")],
      ...["--ignore-predefined-vars", Object.keys(variables).join(",")],
      ...Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]),
      ...(run.arguments ?? []),
    ],
    repository.folder,
    {
      ...process.env,
      HOME: folder,
      GIT_CONFIG_GLOBAL: config,
      PATH: `${registry.bin}:${process.env["PATH"] ?? ""}`,
    },
  );
  api.close();
  return { status, said, registry, requests: api.requests };
}

const realGit = spawnSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).stdout.trim();

const insteadOf = ({ path, folder }: Repository) =>
  `[url "file://${folder}"]\n\tinsteadOf = ssh://git@gitlab.com:22/${path}.git\n`;

function execute(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ status: number | null; said: string }>((resolve, reject) => {
    const child = spawn("gitlab-ci-local", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => (said += text.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, said }));
  });
}

/** GitLab's API, as far as pipelines ask it: it starts pipelines, and knows of no deployment. */
async function gitlabApi(answer: number) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (text: Buffer) => (body += text.toString()));
    request.on("end", () => {
      requests.push(`${request.method} ${request.url}\n${body}`);
      const reading = request.method === "GET";
      response.writeHead(reading ? 200 : answer, { "content-type": "application/json" });
      response.end(
        reading
          ? "[]"
          : answer === 201
            ? '{"id":7,"web_url":"https://gitlab.com/acme/infrastructure/-/pipelines/7"}'
            : '{"message":"403 Forbidden"}',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api/v4`, requests, close: () => server.close() };
}
