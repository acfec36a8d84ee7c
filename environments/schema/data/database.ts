import { z } from "zod";
import { auroraMysql, auroraPostgresql, type AuroraDatabase } from "./aurora";
import { mariadb, mysql, postgres, sqlServer, type RdsInstanceDatabase } from "./rds-instance";

/** A relational database, by `engine`: an Aurora cluster, or an instance of RDS. */
export const database = z.discriminatedUnion("engine", [
  auroraPostgresql,
  auroraMysql,
  postgres,
  mysql,
  mariadb,
  sqlServer,
]);

export type Database = z.output<typeof database>;
export type DatabaseEngine = Database["engine"];

export const isAurora = (definition: Database): definition is AuroraDatabase =>
  definition.engine === "aurora-postgresql" || definition.engine === "aurora-mysql";

export type { AuroraDatabase, RdsInstanceDatabase };
