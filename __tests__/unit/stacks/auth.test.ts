import { loadCompany, removeFolders } from "../../support/company";
import { object, objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const AUTH = {
  mfa: "ON",
  clients: { "shop-app": { callbackUrls: ["acme://signed-in"], logoutUrls: ["acme://signed-out"] } },
};
const fleet = loadCompany({
  accounts: { live: { auth: AUTH }, development: { auth: { selfSignUp: true, domainPrefix: "acme-play" } } },
  services: {
    orders: {
      loadBalancers: [
        { alb: "public", host: "orders", authenticate: true },
        { alb: "public", host: "orders", path: "/api/*", callers: "machines" },
        { alb: "public", host: "admin", authenticate: true },
        { alb: "internal", host: "orders" },
      ],
    },
  },
});
const live = synthesizedAlone(fleet, "live-auth");
const development = synthesizedAlone(fleet, "development-auth");
const orders = synthesizedAlone(fleet, "live-service-orders");

describe("the user pool", () => {
  const pool = live.only("aws_cognito_user_pool");

  it("knows people by an address that they have answered from", () => {
    expect(pool).toMatchObject({
      name: "live-people",
      username_attributes: ["email"],
      auto_verified_attributes: ["email"],
      username_configuration: { case_sensitive: false },
    });
    expect(object(pool["account_recovery_setting"])["recovery_mechanism"]).toEqual([
      { name: "verified_email", priority: 1 },
    ]);
  });

  it("asks for a long password, and for a second factor", () => {
    expect(pool).toMatchObject({
      mfa_configuration: "ON",
      software_token_mfa_configuration: { enabled: true },
      password_policy: { minimum_length: 14, require_symbols: true },
    });
  });

  it("takes nobody who was not asked, unless the account says so", () => {
    const adminsOnly = (stack: typeof live) =>
      object(stack.only("aws_cognito_user_pool")["admin_create_user_config"])["allow_admin_create_user_only"];

    expect(adminsOnly(live)).toBe(true);
    expect(adminsOnly(development)).toBe(false);
  });

  it("cannot be deleted in live", () => {
    expect(pool).toMatchObject({ deletion_protection: "ACTIVE", lifecycle: { prevent_destroy: true } });
    expect(development.only("aws_cognito_user_pool")).toMatchObject({ deletion_protection: "INACTIVE" });
  });

  it("has a page of its own", () => {
    expect(live.only("aws_cognito_user_pool_domain")["domain"]).toBe("acme-live");
    expect(development.only("aws_cognito_user_pool_domain")["domain"]).toBe("acme-play");
  });

  it("writes down which mail did not arrive, encrypted and for as long as audits need", () => {
    expect(live.only("aws_cloudwatch_log_group")).toMatchObject({
      retention_in_days: 365,
      kms_key_id: expect.stringContaining("logsKeyArn"),
    });
    expect(live.only("aws_cognito_log_delivery_configuration")["log_configurations"]).toMatchObject([
      { event_source: "userNotification", log_level: "ERROR" },
    ]);
  });
});

describe("a program that people sign in with", () => {
  it("keeps no secret, sees no password, and gets its tokens by a code alone", () => {
    expect(live.at("aws_cognito_user_pool_client.client_shop_app_client")).toMatchObject({
      generate_secret: false,
      allowed_oauth_flows: ["code"],
      explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      callback_urls: ["acme://signed-in"],
      logout_urls: ["acme://signed-out"],
      refresh_token_validity: 30,
    });
  });
});

describe("a door with authentication", () => {
  const actions = (id: string) =>
    objects(orders.at(`aws_lb_listener_rule.door_${id}`)["action"]).map(({ type }) => type);

  it("lets people sign in before it forwards them", () => {
    expect(actions("public_rule_orders")).toEqual(["authenticate-cognito", "forward"]);
    expect(
      objects(orders.at("aws_lb_listener_rule.door_public_rule_orders")["action"])[0]?.[
        "authenticate_cognito"
      ],
    ).toMatchObject({
      user_pool_arn: expect.stringContaining("auth_user_pool.insecure_value).userPoolArn"),
      user_pool_client_id: "${aws_cognito_user_pool_client.sign_in_client.id}",
      on_unauthenticated_request: "authenticate",
      session_timeout: 28_800,
    });
  });

  it("leaves alone what machines call, and doors without", () => {
    expect(actions("public_rule_orders_api_any")).toEqual(["forward"]);
    expect(actions("internal_rule_orders")).toEqual(["forward"]);
  });

  it("has a client with a secret, to which the load balancer comes back on each of its hosts", () => {
    const client = orders.only("aws_cognito_user_pool_client");

    expect(client).toMatchObject({ generate_secret: true, allowed_oauth_flows: ["code"] });
    expect(strings(client["callback_urls"])).toEqual([
      "https://admin.live.acme.example/oauth2/idpresponse",
      "https://orders.live.acme.example/oauth2/idpresponse",
    ]);
  });

  it("stands behind a load balancer that reaches the user pool; elsewhere none reaches out", () => {
    const id = "aws_vpc_security_group_egress_rule.door_public_group_sign_in";

    expect(synthesizedAlone(fleet, "live-hosting").at(id)).toMatchObject({ from_port: 443, to_port: 443 });
    expect(synthesizedAlone(loadCompany(), "live-hosting").text).not.toContain("group_sign_in");
  });
});
