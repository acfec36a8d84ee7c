/**
 * Lambda's managed runtimes as of November 2026.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */

/** Runtimes of code that is uploaded as it is written or built, in the order of their languages. */
export const RUNTIMES = [
  "nodejs24.x",
  "nodejs22.x",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "java25",
  "java21",
  "java17",
  "java11",
  "java8.al2",
  "dotnet10",
  "ruby3.4",
  "ruby3.3",
  "provided.al2023",
] as const;

/** The runtime of a function that names none. */
export const DEFAULT_RUNTIME = "nodejs22.x" satisfies (typeof RUNTIMES)[number];

interface Retirement {
  /** The day from which AWS mends it no more. */
  readonly on: string;
  readonly successor: (typeof RUNTIMES)[number];
}

const retired = (on: string, successor: Retirement["successor"]): Retirement => ({ on, successor });

/** Runtimes that AWS mends no more: it takes no new function of them, and later no change of an old one. */
export const RETIRED_RUNTIMES: Readonly<Record<string, Retirement>> = {
  "nodejs20.x": retired("2026-04-30", DEFAULT_RUNTIME),
  "nodejs18.x": retired("2025-09-01", DEFAULT_RUNTIME),
  "nodejs16.x": retired("2024-06-12", DEFAULT_RUNTIME),
  "nodejs14.x": retired("2023-12-04", DEFAULT_RUNTIME),
  "nodejs12.x": retired("2023-03-31", DEFAULT_RUNTIME),
  "nodejs10.x": retired("2021-07-30", DEFAULT_RUNTIME),
  "python3.10": retired("2026-10-31", "python3.14"),
  "python3.9": retired("2025-12-15", "python3.14"),
  "python3.8": retired("2024-10-14", "python3.14"),
  "python3.7": retired("2023-12-04", "python3.14"),
  "python3.6": retired("2022-07-18", "python3.14"),
  "python2.7": retired("2021-07-15", "python3.14"),
  java8: retired("2024-01-08", "java25"),
  dotnet8: retired("2026-11-10", "dotnet10"),
  dotnet7: retired("2024-05-14", "dotnet10"),
  dotnet6: retired("2024-12-20", "dotnet10"),
  "dotnetcore3.1": retired("2023-04-03", "dotnet10"),
  "ruby3.2": retired("2026-03-31", "ruby3.4"),
  "ruby2.7": retired("2023-12-07", "ruby3.4"),
  "go1.x": retired("2024-01-08", "provided.al2023"),
  "provided.al2": retired("2026-07-31", "provided.al2023"),
  provided: retired("2024-01-08", "provided.al2023"),
};

/** Files that may hold a handler, by the beginning of the runtime's name; none where code comes compiled. */
const HANDLER_FILES: Readonly<Record<string, (module: string) => string[]>> = {
  nodejs: (module) => ["mjs", "js", "cjs"].map((extension) => `${module}.${extension}`),
  python: (module) => [`${module.replaceAll(".", "/")}.py`, `${module.replaceAll(".", "/")}/__init__.py`],
  ruby: (module) => [`${module}.rb`],
  provided: () => ["bootstrap"],
};

/** The files of which one must be there for a function to start; empty where that cannot be told. */
export function handlerFiles(runtime: string, handler: string): string[] {
  const kind = Object.keys(HANDLER_FILES).find((prefix) => runtime.startsWith(prefix));
  const end = handler.lastIndexOf(".");
  return HANDLER_FILES[kind ?? ""]?.(end < 0 ? handler : handler.slice(0, end)) ?? [];
}
