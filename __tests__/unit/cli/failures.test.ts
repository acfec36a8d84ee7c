import { explainFailure } from "../../../cli/failures";

const CRASH = `
╷
│ Error: Plugin did not respond
│
│   with aws_ecs_service.tasks_service,
│   on cdk.tf.json line 9, in resource.aws_ecs_service.tasks_service:
│
│ The plugin encountered an error, and failed to respond to the
│ plugin6.(*GRPCProvider).ApplyResourceChange call.
╵`;

describe("a failure of Terraform", () => {
  it("that is a crash of the provider names the resource types", () =>
    expect(explainFailure(CRASH, false).message).toMatch(
      /^The provider crashed on aws_ecs_service\.\nError: Plugin did not respond/,
    ));

  it("that is a lock says that nothing was changed", () =>
    expect(
      explainFailure("Error: Error acquiring the state lock\n\nLock Info:\n  Who: x", false).message,
    ).toMatch(/holds the state's lock; nothing was changed/));

  it("that is credentials of another account says so", () =>
    expect(explainFailure("Error: AWS account ID not allowed: 123456789012", false).message).toMatch(
      /^The credentials are of another account; nothing was changed/,
    ));

  it("that took too long names the limit", () =>
    expect(explainFailure("", true, 15).message).toMatch(/limit of 15 min/));

  it.each([
    "ThrottlingException: Rate exceeded",
    "read: connection reset by peer",
    "net/http: TLS handshake timeout",
  ])("may pass: %s", (text) =>
    expect(explainFailure(`Error: creating\n\n${text}`, false).transient).toBe(true),
  );

  it("that is a mistake is not tried again", () =>
    expect(explainFailure("Error: Unsupported argument", false).transient).toBe(false));

  it("keeps Terraform's words and leaves its warnings out", () => {
    const { message } = explainFailure(
      "Warning: Deprecated\n\n  old\n\nError: Reference to undeclared resource\n\n  on line 3",
      false,
    );
    expect(message).toBe("Error: Reference to undeclared resource\n  on line 3");
  });

  it("never prints a whole line of JSON", () =>
    expect(explainFailure(`Error: Invalid\n  ${"x".repeat(5000)}`, false).message.length).toBeLessThan(400));
});
