import { findingIf, type Guardrail } from "../guardrail";
import { show } from "../values";

/**
 * The oldest of each language that AWS still mends, as of November 2026.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const MENDED = [
  /^nodejs2[2-9]\.x$/,
  /^python3\.1[1-9]$/,
  /^java(8\.al2|1[17]|2\d)$/,
  /^dotnet1\d$/,
  /^ruby3\.[3-9]$/,
  /^provided\.al2023$/,
];

/** What AWS mends no more, it lets nobody change before long. */
export const functionRuntime: Guardrail = {
  id: "function-runtime",
  controls: ["Lambda.2", "CKV_AWS_363"],
  description: "Functions run on runtimes that AWS mends",
  types: ["aws_lambda_function"],
  check: ({ attributes: { runtime, package_type: kind } }) =>
    findingIf(
      kind !== "Image" && !MENDED.some((form) => form.test(String(runtime))),
      `runtime ${show(runtime)}`,
      "one that AWS has not retired, such as nodejs22.x",
    ),
};
