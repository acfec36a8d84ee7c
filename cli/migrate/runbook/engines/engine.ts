import type { Endpoint } from "../../../../environments/schema/migration/endpoint";

/** One end of a migration, as far as its SQL needs. */
export interface End {
  /** `source` or `target`: the clients are `source_sql` and `source_admin`, or `target_sql` and `target_admin`. */
  readonly name: "source" | "target";
  readonly endpoint: Endpoint;
  /** Folder with certificates. */
  readonly certificates: string;
  /** Schemas that move, by the names they have at this end. */
  readonly schemas: readonly string[];
  /** Table of the marker row, by the name it has at this end. */
  readonly marker: { readonly schema: string; readonly table: string };
  /** Schema with DMS's own tables. */
  readonly controlSchema: string;
}

/** Something that has to be so before the load. */
export interface Check {
  readonly title: string;
  readonly statement: readonly string[];
  readonly expected: string;
}

/** What an operator runs at an engine. Everything is written out; what is run is read from a client's input. */
export interface EngineRunbook {
  /**
   * Command of a client that reads statements from its input, with `$1` the secret's JSON, `$2` user and `$3` password.
   * `:SOURCE_USER:` and `:TARGET_USER:` in statements are DMS's users there, `:SOURCE_BACK:` and `:TARGET_BACK:` those of
   * the way back.
   */
  client(end: End): readonly string[];
  /** What has to be so at an end that changes are read from. */
  readsFrom(end: End, tasks: number): readonly Check[];
  /** What an end needs that is written to. */
  writesTo(end: End): readonly Check[];
  /** Makes the table of the marker row, which moves like any other. */
  createMarker(end: End): readonly string[];
  writeMarker(end: End, marker: string): readonly string[];
  readMarker(end: End, marker: string): readonly string[];
  /** Keeps applications from writing, while DMS and administrators may. */
  freeze(end: End): readonly string[];
  unfreeze(end: End): readonly string[];
  /** Who is still there. */
  sessions(end: End): readonly string[];
  /** Where the log stands; what it is written down as. */
  position(end: End): { readonly statement: readonly string[]; readonly form: string };
  /** Statements that print those to be run at the target, for its next values; `source` is of the same family. */
  sequences(target: End, source?: End): { readonly from: End; readonly statement: readonly string[] };
  /** Statements that print those which make secondary indexes and foreign keys at an end of the same family. */
  constraints(end: End, to: End): readonly string[];
  /** Rows by table. */
  counts(end: End): readonly string[];
  /** Takes away what DMS and this runbook made. */
  cleanUp(end: End): readonly string[];
}

export const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(", ");

/** Expression of what a schema is called at the other end. */
export function renamed(from: End, to: End, column: string): string {
  const cases = from.schemas.flatMap((schema, index) => {
    const there = to.schemas[index] ?? schema;
    return there === schema ? [] : [`WHEN '${schema}' THEN '${there}'`];
  });
  return cases.length === 0 ? column : `CASE ${column} ${cases.join(" ")} ELSE ${column} END`;
}
