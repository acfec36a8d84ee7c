import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesized, synthesizedAlone } from "../../support/synthesized";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const OIDC = {
  issuer: "https://login.example.com/acme",
  authorizationEndpoint: "https://login.example.com/acme/authorize",
  tokenEndpoint: "https://login.example.com/acme/token",
  userInfoEndpoint: "https://login.example.com/acme/userinfo",
  clientId: "load-balancers",
  clientSecret: "people/sign-in",
};
const company = (auth: object = {}) =>
  loadCompany({
    accounts: {
      live: {
        secrets: { "people/sign-in": { description: "Client secret of the load balancers" } },
        auth: { oidc: OIDC, ...auth },
      },
    },
    services: {
      orders: {
        accounts: ["live"],
        loadBalancers: [{ alb: "public", host: "orders", authenticate: true }],
      },
    },
  });
const SECRET = "arn:aws:secretsmanager:eu-central-1:200000000003:secret:live/people/sign-in-??????";

describe("people who sign in to a provider that there is already", () => {
  it("are sent there before the service has their request", () => {
    const [first, second] = objects(
      synthesizedAlone(company(), "live-service-orders").only("aws_lb_listener_rule")["action"],
    );

    expect(first).toMatchObject({
      type: "authenticate-oidc",
      authenticate_oidc: {
        issuer: OIDC.issuer,
        authorization_endpoint: OIDC.authorizationEndpoint,
        token_endpoint: OIDC.tokenEndpoint,
        user_info_endpoint: OIDC.userInfoEndpoint,
        client_id: "load-balancers",
        client_secret: "${data.aws_secretsmanager_secret_version.sign_in_secret.secret_string}",
        scope: "openid email profile",
        on_unauthenticated_request: "authenticate",
        session_timeout: 28_800,
      },
    });
    expect(second?.["type"]).toBe("forward");
  });

  it("have no user pool beside it, and the load balancers reach the provider", () => {
    const { stacks } = synthesized(company());

    expect([...stacks.keys()]).not.toContain("live-auth");
    expect(
      stacks.get("live-hosting")?.at("aws_vpc_security_group_egress_rule.door_public_group_sign_in"),
    ).toMatchObject({ to_port: 443 });
  });
});

describe("the client's secret", () => {
  const documents = (stack: string, part: string) =>
    synthesizedAlone(company(), stack)
      .dataSources("aws_iam_policy_document")
      .filter(({ id }) => id.includes(part))
      .flatMap(({ values }) => objects(values["statement"]));

  it.each([
    ["live-bootstrap", "plan_"],
    ["live-bootstrap", "release_"],
    ["live-permissions", "edge"],
  ])("is read by automation: %s %s", (stack, part) => {
    const statements = documents(stack, part);
    const read = statements.find(({ sid }) => sid === "ReadSignInSecret");
    const denied = statements.filter(
      ({ effect, actions }) =>
        effect === "Deny" && strings(actions).includes("secretsmanager:GetSecretValue"),
    );

    expect(read).toMatchObject({ resources: [SECRET] });
    expect(denied.filter((statement) => !strings(statement["not_resources"]).includes(SECRET))).toEqual([]);
    const key = statements.find(({ sid }) => sid === "DecryptSignInSecret");
    expect(JSON.stringify(key?.["condition"])).toContain(SECRET);
  });

  it("is nobody's where people sign in to a user pool", () => {
    const of = synthesizedAlone(loadCompany(), "live-bootstrap");

    expect(of.text).not.toContain("SignInSecret");
    expect(object(of.json["data"] ?? {})).toBeDefined();
  });

  it("is never literal", () => {
    const [violation] = violationsOf(() => company({ oidc: { ...OIDC, clientSecret: "s3cr3t" } }));

    expect(violation).toMatchObject({
      path: "auth.oidc.clientSecret",
      allowed: expect.stringContaining("a secret of live in Secrets Manager: "),
    });
  });
});

it("programs are the provider's to know", () =>
  expect(violationsOf(() => company({ clients: { app: { callbackUrls: ["app://in"] } } }))[0]).toMatchObject({
    path: "auth.clients.app",
    mend: "remove it",
  }));

it("a provider is reached by HTTPS", () =>
  expect(
    violationsOf(() => company({ oidc: { ...OIDC, issuer: "http://login.example.com" } }))[0],
  ).toMatchObject({ path: "auth.oidc.issuer", allowed: "an address that begins with https://" }));
