import { ENGINE, type EngineName } from "../../../../environments/schema/migration/engines";
import type { EngineRunbook } from "./engine";
import { MONGODB } from "./mongodb";
import { MYSQL } from "./mysql";
import { ORACLE } from "./oracle";
import { POSTGRES } from "./postgres";
import { SQL_SERVER } from "./sqlserver";

/** What is run at an engine; nothing at S3, which is files. */
export function runbookOfEngine(engineName: EngineName): EngineRunbook | undefined {
  switch (ENGINE[engineName].family) {
    case "mysql":
      return MYSQL;
    case "postgres":
      return POSTGRES;
    case "oracle":
      return ORACLE;
    case "sqlserver":
      return SQL_SERVER;
    case "mongodb":
      return MONGODB;
    case "s3":
      return undefined;
  }
}
