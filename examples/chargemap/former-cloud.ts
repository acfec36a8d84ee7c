/** What migrations out of the former cloud have in common. */

/** Through the two tunnels to the network of its databases. */
export const overVpn = (...cidrBlocks: string[]) => ({
  path: "vpn" as const,
  vpn: "former-cloud",
  cidrBlocks,
});

/** Replication of a PostgreSQL database from there into Aurora, both of the same name. */
export const postgresOf = (name: string) => ({
  source: {
    engineName: "postgres" as const,
    secret: `migration/${name}-source`,
    databaseName: name,
    certificate: "former-cloud.pem",
  },
  target: {
    engineName: "aurora-postgresql" as const,
    store: name,
    secret: `migration/${name}-target`,
    databaseName: name,
    certificate: "rds-eu-west-3.pem",
  },
});

/** The users of both ends of each database that moves; live has them alone. */
export const migrationSecrets = (...databases: string[]) =>
  Object.fromEntries(
    databases.flatMap((name) => [
      [`migration/${name}-source`, { description: `User that reads ${name} in the former cloud` }],
      [`migration/${name}-target`, { description: `User that fills ${name}` }],
    ]),
  );
