import { quoted, type End, type EngineRunbook } from "./engine";

const database = ({ endpoint }: End) => endpoint.databaseName ?? "admin";
const at = (end: End) => `db.getSiblingDB('${end.marker.schema}').${end.marker.table}`;
/** Users of the databases that move, but for DMS's own. */
const users = (end: End) =>
  `db.getSiblingDB('admin').system.users.find({ user: { $nin: [':${end.name.toUpperCase()}_USER:', ':${end.name.toUpperCase()}_BACK:'] }, 'roles.db': { $in: [${quoted(end.schemas)}] } })`;

/** MongoDB and DocumentDB: statements are JavaScript of mongosh. */
export const MONGODB: EngineRunbook = {
  client: (end) => [
    'mongosh --quiet --norc --username "$2" --password "$3" \\',
    `  --host "$(jq -r .host <<<"$1")" --port "$(jq -r .port <<<"$1")" \\`,
    `  --authenticationDatabase ${end.endpoint.mongodbSettings?.authSource ?? "admin"}${end.endpoint.sslMode === "none" ? "" : ` --tls${end.endpoint.certificate === undefined ? "" : ` --tlsCAFile ${end.certificates}/${end.endpoint.certificate}`}`} \\`,
    `  '${database(end)}'`,
  ],
  readsFrom: () => [
    {
      title: "it is a replica set, with a log of operations",
      statement: [
        "db.adminCommand({ replSetGetStatus: 1 }).set;",
        "db.getReplicationInfo();",
        "// DocumentDB: db.adminCommand({ modifyChangeStreams: 1, database: '', collection: '', enable: true });",
      ],
      expected: "a name, and a log that reaches back 24 hours and more",
    },
    {
      title: "DMS's user may read all that moves, and the log",
      statement: ["db.runCommand({ connectionStatus: 1 }).authInfo.authenticatedUserRoles;"],
      expected: "read on what moves and on local",
    },
  ],
  writesTo: () => [
    {
      title: "DMS's user may write",
      statement: ["db.runCommand({ connectionStatus: 1 }).authInfo.authenticatedUserRoles;"],
      expected: "readWrite on what moves",
    },
  ],
  createMarker: (end) => [`${at(end)}.findOne();`],
  writeMarker: (end, marker) => [
    `${at(end)}.updateOne({ _id: '${marker}' }, { $set: { at: new Date() } }, { upsert: true });`,
  ],
  readMarker: (end, marker) => [`${at(end)}.findOne({ _id: '${marker}' });`],
  freeze: (end) => [
    `${users(end)}.forEach((user) => {`,
    `  const roles = user.roles.map(({ db: of }) => ({ role: 'read', db: of }));`,
    "  print(`db.getSiblingDB('${user.db}').updateUser('${user.user}', ${JSON.stringify({ roles })}); // was ${JSON.stringify(user.roles)}`);",
    "});",
  ],
  unfreeze: (end) => [
    `${users(end)}.forEach((user) => {`,
    `  const roles = user.roles.map(({ db: of }) => ({ role: 'readWrite', db: of }));`,
    "  print(`db.getSiblingDB('${user.db}').updateUser('${user.user}', ${JSON.stringify({ roles })});`);",
    "});",
  ],
  sessions: (end) => [
    `db.currentOp({ active: true, 'effectiveUsers.user': { $nin: [':${end.name.toUpperCase()}_USER:', ':${end.name.toUpperCase()}_BACK:'] } }).inprog.forEach(({ opid }) => print(\`db.killOp(\${opid});\`));`,
  ],
  position: () => ({
    statement: ["db.adminCommand({ hello: 1 }).operationTime;"],
    form: "a time of the log, such as Timestamp(1767225600, 1)",
  }),
  sequences: (end) => ({ from: end, statement: ["print('// documents have no sequences');"] }),
  constraints: (end, to) => [
    ...end.schemas.map(
      (schema, index) =>
        `db.getSiblingDB('${schema}').getCollectionNames().forEach((name) => db.getSiblingDB('${schema}').getCollection(name).getIndexes().filter(({ name: index }) => index !== '_id_').forEach(({ key, name: index, unique = false, sparse = false }) => print(\`db.getSiblingDB('${to.schemas[index] ?? schema}').getCollection('\${name}').createIndex(\${JSON.stringify(key)}, \${JSON.stringify({ name: index, unique, sparse })});\`)));`,
    ),
  ],
  counts: (end) =>
    end.schemas.map(
      (schema) =>
        `db.getSiblingDB('${schema}').getCollectionNames().sort().forEach((name) => print(\`print('${schema}.\${name}', db.getSiblingDB('${schema}').getCollection('\${name}').countDocuments({}));\`));`,
    ),
  cleanUp: (end) => [
    `print("${at(end)}.drop();");`,
    `print("db.getSiblingDB('${end.controlSchema}').dropDatabase();");`,
    `print("db.getSiblingDB('${end.endpoint.mongodbSettings?.authSource ?? "admin"}').dropUser(':${end.name.toUpperCase()}_USER:');");`,
  ],
};
