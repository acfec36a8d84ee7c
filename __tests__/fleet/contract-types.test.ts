import { resolve } from "node:path";
import ts from "typescript";

const CONTRACTS = resolve("stacks/contracts.ts");
const CONSUMERS = ["stacks/hosting/load-balancers.ts", "stacks/service/tasks.ts"];
const PUBLISHER = "stacks/network-stack.ts";

/** Type-checks stacks as if contracts.ts read as `contracts`, and gives the complaints by file. */
function complaints(contracts: string, before?: ts.Program) {
  const config = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)).config as {
    compilerOptions: object;
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd());
  const host = ts.createCompilerHost(options);
  const { readFile, getSourceFile } = host;
  host.readFile = (path) => (resolve(path) === CONTRACTS ? contracts : readFile(path));
  host.getSourceFile = (path, ...rest) =>
    before !== undefined && resolve(path) !== CONTRACTS
      ? (before.getSourceFile(path) ?? getSourceFile(path, ...rest))
      : getSourceFile(path, ...rest);
  const program = ts.createProgram([...CONSUMERS, PUBLISHER], options, host);
  const byFile = Object.fromEntries(
    [...CONSUMERS, PUBLISHER].map((path) => [
      path,
      program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
    ]),
  );
  return { program, byFile };
}

describe("a field of a contract", () => {
  const contracts = ts.sys.readFile(CONTRACTS) ?? "";
  const { program, byFile } = complaints(contracts);

  it("is right as it stands, in its publisher and its consumers", () => {
    expect(byFile).toEqual(Object.fromEntries([...CONSUMERS, PUBLISHER].map((path) => [path, []])));
  });

  it("that is renamed fails tsc wherever it is read and where it is published", () => {
    const renamed = contracts.replace("vpcId: text(ID)", "vpcIdentifier: text(ID)");
    expect(renamed).not.toBe(contracts);
    const after = complaints(renamed, program).byFile;

    for (const consumer of CONSUMERS) expect(after[consumer]?.join("\n")).toMatch(/'vpcId' does not exist/);
    expect(after[PUBLISHER]?.join("\n")).toMatch(/'vpcId' does not exist/);
  });
});
