import { loadCompany, removeFolders } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const SOUND = {
  hashKey: "driver",
  rangeKey: "startedAt",
  attributes: { driver: "S", startedAt: "N" },
};
const live = (change: object) => ({
  accounts: { live: { data: { tables: { trips: { ...SOUND, ...change } } } } },
});
const PATH = "data.tables.trips";
const capacity = { read: { min: 1, max: 5 }, write: { min: 1, max: 5 } };
const cities = { hashKey: "city" };
const withCity = { attributes: { ...SOUND.attributes, city: "S" } };

const REFUSED: readonly (readonly [shows: string, change: object, path: string, words: string])[] = [
  ["a key without type", { hashKey: "drivers" }, "hashKey", 'write \\"driver\\"'],
  ["a type of what is no key", withCity, "attributes.city", "take it out"],
  ["one attribute as both keys", { rangeKey: "driver", attributes: { driver: "S" } }, "rangeKey", "another"],
  [
    "an index sorted by its own hash key",
    { ...withCity, globalSecondaryIndexes: { cities: { ...cities, rangeKey: "city" } } },
    "globalSecondaryIndexes.cities.rangeKey",
    "another attribute",
  ],
  [
    "a local index of a table without range key",
    { rangeKey: undefined, localSecondaryIndexes: { late: { rangeKey: "startedAt" } } },
    "localSecondaryIndexes",
    "global index",
  ],
  [
    "attributes that a projection of everything has anyway",
    { ...withCity, globalSecondaryIndexes: { cities: { ...cities, nonKeyAttributes: ["fare"] } } },
    "globalSecondaryIndexes.cities.nonKeyAttributes",
    "INCLUDE",
  ],
  [
    "a projection that includes nothing",
    { ...withCity, globalSecondaryIndexes: { cities: { ...cities, projectionType: "INCLUDE" } } },
    "globalSecondaryIndexes.cities.nonKeyAttributes",
    "name them",
  ],
  [
    "two indexes of one name",
    {
      attributes: { ...SOUND.attributes, city: "S" },
      globalSecondaryIndexes: { cities },
      localSecondaryIndexes: { cities: { rangeKey: "city" } },
    },
    "localSecondaryIndexes.cities",
    "a global index has this one",
  ],
  [
    "a least above the most",
    { capacity: { ...capacity, read: { min: 9, max: 5 } } },
    "capacity.read.min",
    "5",
  ],
  [
    "an index on demand in a provisioned table",
    { ...withCity, capacity, globalSecondaryIndexes: { cities } },
    "globalSecondaryIndexes.cities.writeCapacity",
    "units a second",
  ],
  [
    "a provisioned index of a table on demand",
    { ...withCity, globalSecondaryIndexes: { cities: { ...cities, readCapacity: 5 } } },
    "globalSecondaryIndexes.cities.readCapacity",
    "remove it",
  ],
  ["a time to live that is no number", { timeToLive: "driver" }, "timeToLive", "type N"],
  [
    "too short a memory in a protected account",
    { recoveryPeriodInDays: 3 },
    "recoveryPeriodInDays",
    "at least 7",
  ],
  [
    "more local indexes than DynamoDB takes",
    {
      attributes: { ...SOUND.attributes, ...Object.fromEntries([..."abcdef"].map((key) => [key, "S"])) },
      localSecondaryIndexes: Object.fromEntries([..."abcdef"].map((key) => [`by-${key}`, { rangeKey: key }])),
    },
    "localSecondaryIndexes",
    "at most 5",
  ],
];

test.each(REFUSED)("%s is refused", (_shows, change, path, words) => {
  const found = violationsOf(() => loadCompany(live(change)));
  const violation = found.find((candidate) => candidate.path === `${PATH}.${path}`);
  expect(found.map((candidate) => candidate.path)).toContain(`${PATH}.${path}`);
  expect(JSON.stringify([violation?.allowed, violation?.mend])).toContain(words);
});

test("a table its account lacks is refused", () => {
  const change = { ...live({}), services: { orders: { accounts: ["live"], tables: { trip: "read" } } } };
  const [found] = violationsOf(() => loadCompany(change));
  expect(found).toMatchObject({ path: "tables.trip (in live)", mend: 'write "trips"' });
});

test("a table in an account without network, and a short memory where nothing is protected, are accepted", () => {
  const tables = { trips: { ...SOUND, recoveryPeriodInDays: 1 } };
  const change = {
    accounts: {
      development: { data: { tables } },
      live: { network: undefined, hosting: undefined, data: { tables: { trips: SOUND } } },
    },
  };
  expect(() => loadCompany(change)).not.toThrow();
});
