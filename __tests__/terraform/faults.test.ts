import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { freePort, Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const BUCKET = "eemobility-playground-state-100000000006";
const RUN = ["--sandbox", "--auto-approve"];

describeWithEmulator("faults", () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.stop());

  it("a missing Terraform is named, and what needs none is done", async () => {
    const { code, stdout } = await sandbox.slipway(["sandbox", "--account", "playground"], {
      TERRAFORM_BINARY_NAME: "no-such-terraform",
    });
    expect(stdout).toMatch(/[2-9]\d stacks of playground/);
    expect(stdout).toMatch(/Terraform is not installed: "no-such-terraform" is not on the PATH/);
    expect(code).toBe(0);
  });

  it("a Terraform that is too old is refused", async () => {
    const old = join(sandbox.cwd, "old-terraform");
    writeFileSync(old, `#!/bin/sh\necho '{ "terraform_version": "1.5.7" }'\n`);
    chmodSync(old, 0o755);
    const { code, stderr } = await sandbox.slipway(["sandbox"], { TERRAFORM_BINARY_NAME: old });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Terraform 1\.5\.7 is too old.*1\.11 or newer/);
  });

  it("a port in use is refused, with another one proposed", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await sandbox.slipway(["sandbox", "--port", String(port)]);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`Port ${port} is in use by another program\\.\\n.*--port`));
  });

  it("credentials of another account are refused before anything is touched", async () => {
    const sts = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const who = body.includes("GetCallerIdentity");
        response.writeHead(who ? 200 : 403, { "content-type": "text/xml" });
        response.end(
          who
            ? "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::999999999999:user/eve</Arn><Account>999999999999</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            : "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform sts:AssumeRole</Message></Error></ErrorResponse>",
        );
      });
    }).listen(0, "127.0.0.1");
    await new Promise((done) => sts.once("listening", done));
    const { port } = sts.address() as AddressInfo;
    const { code, stderr } = await sandbox.slipway(["up", "live-network", "--auto-approve"], {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "eve",
      AWS_SECRET_ACCESS_KEY: "eve",
    });
    sts.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/credentials are of account 999999999999 \(arn:aws:iam::999999999999:user\/eve\)/);
    expect(stderr).toMatch(/may not take on arn:aws:iam::100000000003:role\/slipway-apply of account live/);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it("a bootstrap that fails half-way goes on where it was", async () => {
    const first = await sandbox.slipway(
      ["sandbox", "--account", "playground", "--port", String(await freePort()), "--timeout", "15"],
      {
        TF_CLI_ARGS_apply: "-no-such-flag",
      },
    );
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/playground-bootstrap failed in apply/);
    const second = await sandbox.slipway(["bootstrap", "playground", ...RUN]);
    expect(second.stdout).toMatch(/playground-bootstrap: \d+ created; state in eemobility-playground-state/);
    const third = await sandbox.slipway(["bootstrap", "playground", ...RUN]);
    expect(third.stdout).toMatch(/playground-bootstrap: no changes/);
    expect(third.code).toBe(0);
  });

  it("a state that somebody else has locked is left alone, dependents are not tried, siblings finish", async () => {
    const options = await sandbox.client("100000000006");
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    const lock = {
      ID: "1",
      Operation: "OperationTypeApply",
      Who: "somebody@elsewhere",
      Version: "1.11.4",
      Created: "2026-01-01T00:00:00Z",
      Path: "x",
    };
    await s3.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: "playground-secrets.tfstate.tflock",
        Body: JSON.stringify(lock),
      }),
    );
    const { code, stdout } = await sandbox.slipway(
      ["up", "playground-roles", "playground-secrets", "playground-network", ...RUN],
      {
        TF_CLI_ARGS_plan: "-lock-timeout=1s",
      },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/playground-roles: 11 created/);
    expect(stdout).toMatch(
      /playground-secrets failed in plan\n\s+Somebody else holds the state's lock; nothing was changed/,
    );
    expect(stdout).toMatch(/playground-network: not tried, because of playground-secrets/);

    const planned = await sandbox.slipway(["plan", "playground-secrets", "--sandbox"]);
    expect(planned.stdout).toMatch(/playground-secrets: \d+ to create/);
    expect(planned.code).toBe(0);
  });

  it("a state that could not be stored must be pushed first", async () => {
    const folder = join(
      sandbox.cwd,
      ".slipway",
      "runs",
      new URL(sandbox.attached()).host.replace(":", "_"),
      "eemobility",
      "playground-roles",
    );
    expect(existsSync(folder)).toBe(true);
    writeFileSync(join(folder, "errored.tfstate"), "{}");
    const { code, stdout } = await sandbox.slipway(["up", "playground-roles", ...RUN]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/could not store its state[^]*terraform state push errored\.tfstate/);
  });
});
