import { Command } from "commander";
import { createServer, type Server } from "node:http";
import { registerDeploy } from "../../../../cli/commands/deploy";
import { removeFolders, temporaryFolder, writeCompany } from "../../../support/company";

const CALLER = "arn:aws:sts::200000000004:assumed-role/slipway-release/ci";
const STS = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Every request of any service comes here; AWS knows the caller, and lets it take on no role. */
const asked: string[] = [];
let server: Server;
const former = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const form = new URLSearchParams(body);
      const action = form.get("Action") ?? `${request.method ?? ""} ${request.url ?? ""}`;
      asked.push([action, form.get("RoleArn") ?? []].flat().join(" "));
      const identified = action === "GetCallerIdentity";
      response.writeHead(identified ? 200 : 403, { "content-type": "text/xml" });
      response.end(
        identified
          ? `<GetCallerIdentityResponse xmlns="${STS}"><GetCallerIdentityResult><Arn>${CALLER}</Arn><UserId>A:ci</UserId><Account>200000000004</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
          : `<ErrorResponse xmlns="${STS}"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: ${CALLER} is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>`,
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const folder = temporaryFolder();
  writeCompany(folder);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    SLIPWAY_ORGANIZATION: folder,
  });
});

afterAll(async () => {
  process.env = former;
  removeFolders();
  await new Promise((done) => {
    server.closeAllConnections();
    server.close(done);
  });
});

it("a deployment to an account that the caller may not enter is refused before anything else is asked of AWS", async () => {
  const program = new Command("slipway");
  registerDeploy(program);
  const deployed = program.parseAsync(["deploy", "orders", "--account", "live", "--image", "v1"], {
    from: "user",
  });

  await expect(deployed).rejects.toMatchObject({
    message: expect.stringMatching(
      /account 200000000004 .*slipway-release\/ci.* may not take on arn:aws:iam::200000000003:role\/slipway-release of account live: .*not authorized to perform: sts:AssumeRole[^]*Bring credentials of account live \(200000000003\).*Nothing was changed/,
    ),
  });
  expect(asked).toEqual(["GetCallerIdentity", "AssumeRole arn:aws:iam::200000000003:role/slipway-release"]);
});
