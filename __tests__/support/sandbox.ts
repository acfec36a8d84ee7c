import { paginateGetParametersByPath, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** How a command ended, and what a person saw of it. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface AccountOf {
  readonly name: string;
  readonly id: string;
  readonly region: string;
}

/** Warnings that somebody has looked at, and why they are none. */
export const KNOWN_WARNINGS: readonly { readonly about: RegExp; readonly why: string }[] = [
  {
    about: /recovery_window_in_days[^]* got 0/,
    why: "0 deletes a secret at once, which is meant outside live",
  },
  {
    about: /expected runtime to be one of[^]* got (nodejs2[24]\.x|python3\.1[34]|java25|dotnet10|ruby3\.4)/,
    why: "AWS adds runtimes faster than schemas are written",
  },
  {
    about: /expected image_tag_mutability to be one of[^]* got\s+IMMUTABLE_WITH_EXCLUSION/,
    why: "ECR lets named tags move since 2025",
  },
  {
    about: /expected engine to be one of[^]* got\s+(redis|valkey)/,
    why: "ElastiCache takes Valkey since 2024, and any spelling",
  },
  {
    about: /tls_security_policy to be one of[^]* got\s+Policy-Min-TLS-1-2-PFS-2023-10/,
    why: "OpenSearch has this policy of TLS since 2023",
  },
  {
    about: /engine_type[^]* got (ActiveMQ|RabbitMQ)/,
    why: "Amazon MQ answers in this spelling, and takes any",
  },
  {
    about: /Incomplete lock file information/,
    why: "run folders are thrown away, and their lock files with them",
  },
  { about: /Tasks stay at zero/, why: "a service says so before its first release" },
];

/** Warnings in what Terraform printed, but for what somebody has looked at. */
export function warningsIn(printed: string): string[] {
  const warned = printed.split(/^.*Warning: /m).slice(1);
  return [...new Set(warned.map((text) => text.split("\n").slice(0, 20).join("\n")))].filter(
    (text) => !KNOWN_WARNINGS.some(({ about }) => about.test(text)),
  );
}

export const REPOSITORY = resolve(__dirname, "..", "..");

/** Runs a program and waits for it; colours off. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Result> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", fail);
    child.on("close", (code) => done({ code: code ?? 1, stdout, stderr }));
  });
}

/** A user's folder of its own, with the command line and an emulator of its own. */
export class Sandbox {
  readonly cwd = mkdtempSync(join(tmpdir(), "slipway-sandbox-"));

  constructor(readonly organization = join(REPOSITORY, "environments")) {}

  /** Runs `slipway` as a user would. */
  slipway(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
    return run(process.execPath, [join(REPOSITORY, "cli", "bin.js"), ...args], this.cwd, {
      SLIPWAY_ORGANIZATION: this.organization,
      ...env,
    });
  }

  /** `npm start` for an account, with every resource. */
  async start(account: string): Promise<Result> {
    return this.slipway([
      "sandbox",
      "--account",
      account,
      "--port",
      String(await freePort()),
      "--no-omissions",
    ]);
  }

  /** Starts the emulator, and applies nothing. */
  async emulator(): Promise<void> {
    const code = `require(${JSON.stringify(join(REPOSITORY, "node_modules", "ts-node"))}).register({ project: ${JSON.stringify(join(REPOSITORY, "tsconfig.json"))}, swc: true });
      require(${JSON.stringify(join(REPOSITORY, "cli", "sandbox", "emulator.ts"))}).startEmulator(${await freePort()}, () => undefined).then(() => process.exit());`;
    const { code: exit, stderr } = await run(process.execPath, ["-e", code], this.cwd, {});
    if (exit !== 0) throw new Error(stderr);
  }

  /** Address of the emulator that the command line remembers. */
  attached(): string {
    const record = JSON.parse(
      readFileSync(join(this.cwd, ".slipway", "sandbox", "emulator.json"), "utf8"),
    ) as { endpoint: string };
    return record.endpoint;
  }

  /** Options of a client of the SDK, in the account, as the role that applies. */
  async client(accountId: string, region = "eu-central-1") {
    const options = { region, endpoint: this.attached() };
    const sts = new STSClient({ ...options, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${accountId}:role/slipway-apply`,
        RoleSessionName: "test",
      }),
    );
    return {
      ...options,
      credentials: {
        accessKeyId: given?.AccessKeyId ?? "",
        secretAccessKey: given?.SecretAccessKey ?? "",
        sessionToken: given?.SessionToken ?? "",
      },
    };
  }

  /** The environment of programs that reach the account at the emulator, as the role that applies. */
  async environment(accountId: string): Promise<NodeJS.ProcessEnv> {
    const { credentials } = await this.client(accountId);
    return {
      AWS_ENDPOINT_URL: this.attached(),
      AWS_ENDPOINT_URL_S3: this.attached(),
      AWS_ENDPOINT_URL_STS: this.attached(),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    };
  }

  /** Runs Terraform itself in the folder of a stack that was applied, with credentials of its account. */
  async terraform(accountId: string, stack: string, args: readonly string[]): Promise<Result> {
    const folder = join(
      this.cwd,
      ".slipway",
      "runs",
      new URL(this.attached()).host.replace(":", "_"),
      "eemobility",
      stack,
    );
    return run("terraform", args, folder, await this.environment(accountId));
  }

  /** Lets the stacks of an account, of which nothing was applied, read what those of another one have published. */
  async publishLike(applied: AccountOf, planned: AccountOf): Promise<void> {
    const from = new SSMClient(await this.client(applied.id, applied.region));
    const to = new SSMClient(await this.client(planned.id, planned.region));
    const there = (text = "") =>
      text.replaceAll(applied.id, planned.id).replaceAll(applied.name, planned.name);
    const Path = `/slipway/${applied.name}`;
    for await (const { Parameters: page = [] } of paginateGetParametersByPath(
      { client: from },
      { Path, Recursive: true },
    )) {
      for (const { Name: name, Value: value } of page)
        await to.send(
          new PutParameterCommand({
            Name: there(name),
            Value: there(value),
            Type: "String",
            Overwrite: true,
          }),
        );
    }
  }

  /** What Terraform warned of in any stack so far, but for what somebody has looked at. */
  warnings(): string[] {
    const logs = join(
      this.cwd,
      ".slipway",
      "runs",
      new URL(this.attached()).host.replace(":", "_"),
      "eemobility",
      "logs",
    );
    return readdirSync(logs).flatMap((file) =>
      warningsIn(readFileSync(join(logs, file), "utf8")).map((text) => `${file}: ${text}`),
    );
  }

  async stop(): Promise<void> {
    await this.slipway(["sandbox", "--stop"]);
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
