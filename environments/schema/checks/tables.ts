import type { Account } from "../account";
import type { Table } from "../data/table";
import type { Fleet } from "../fleet";
import { formatPath, nearest } from "../parse";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Fewest days to which a table of a protected account can be restored. */
const LEAST_RECOVERY = 7;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MOST_INDEXES = { globalSecondaryIndexes: 20, localSecondaryIndexes: 5 } as const;

/** Tables are such as DynamoDB makes: each key has a type and nothing else has, indexes fit their billing. */
export function checkTables(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    Object.entries(account.data?.tables ?? {}).flatMap(([name, table]) =>
      [
        ...keyFaults(table),
        ...indexFaults(table),
        ...capacityFaults(table),
        ...restFaults(table, account),
      ].map(({ path, ...found }) => ({
        ...found,
        file: fleet.sources.accounts[account.name] ?? account.name,
        path: `${formatPath(["data", "tables", name])}.${path}`,
      })),
    ),
  );
}

/** Attributes that are a key somewhere, with the path of each. */
function keysOf({ hashKey, rangeKey, globalSecondaryIndexes, localSecondaryIndexes }: Table) {
  const keys: (readonly [path: string, attribute: string | undefined])[] = [
    ["hashKey", hashKey],
    ["rangeKey", rangeKey],
    ...Object.entries(globalSecondaryIndexes).flatMap(([name, index]) =>
      (["hashKey", "rangeKey"] as const).map(
        (key) => [formatPath(["globalSecondaryIndexes", name, key]), index[key]] as const,
      ),
    ),
    ...Object.entries(localSecondaryIndexes).map(
      ([name, { rangeKey: key }]) => [formatPath(["localSecondaryIndexes", name, "rangeKey"]), key] as const,
    ),
  ];
  return keys.flatMap(([path, attribute]) => (attribute === undefined ? [] : [{ path, attribute }]));
}

function keyFaults(table: Table): Found[] {
  const { attributes } = table;
  const known = Object.keys(attributes);
  const keys = keysOf(table);
  const untyped = keys
    .filter(({ attribute }) => !(attribute in attributes))
    .map(({ path, attribute }): Found => {
      const meant = nearest(attribute, known);
      return {
        path,
        given: attribute,
        allowed: `an attribute with a type in attributes: ${known.join(", ") || "it has none"}`,
        mend: meant === undefined ? `add ${attribute}: "S" to attributes` : `write "${meant}"`,
      };
    });
  const idle = known
    .filter((name) => !keys.some(({ attribute }) => attribute === name))
    .map((name): Found => ({
      path: formatPath(["attributes", name]),
      given: attributes[name],
      allowed: "attributes that are keys of the table or of an index: DynamoDB refuses a type for any other",
      mend: "take it out; items may have it all the same",
    }));
  const twice = keys
    .filter(({ path }) => path.endsWith("rangeKey"))
    .filter(({ path, attribute }) => {
      const hash = path.startsWith("globalSecondaryIndexes")
        ? keys.find((key) => key.path === path.replace(/rangeKey$/, "hashKey"))?.attribute
        : table.hashKey;
      return hash === attribute;
    })
    .map(({ path, attribute }): Found => ({
      path,
      given: attribute,
      allowed: "another attribute than the hash key",
    }));
  return [...untyped, ...idle, ...twice];
}

function indexFaults(table: Table): Found[] {
  const kinds = ["globalSecondaryIndexes", "localSecondaryIndexes"] as const;
  const many = kinds
    .filter((kind) => Object.keys(table[kind]).length > MOST_INDEXES[kind])
    .map((kind): Found => ({
      path: kind,
      given: Object.keys(table[kind]).length,
      allowed: `at most ${MOST_INDEXES[kind]}, which is what a table takes`,
    }));
  const shared = Object.keys(table.localSecondaryIndexes)
    .filter((name) => name in table.globalSecondaryIndexes)
    .map((name): Found => ({
      path: formatPath(["localSecondaryIndexes", name]),
      given: name,
      allowed: "a name of its own; a global index has this one",
    }));
  const local = Object.keys(table.localSecondaryIndexes).length > 0 && table.rangeKey === undefined;
  const projections = kinds.flatMap((kind) =>
    Object.entries(table[kind]).flatMap(([name, { projectionType, nonKeyAttributes }]): Found[] =>
      (projectionType === "INCLUDE") === (nonKeyAttributes !== undefined)
        ? []
        : [
            {
              path: formatPath([kind, name, "nonKeyAttributes"]),
              given: nonKeyAttributes,
              allowed:
                projectionType === "INCLUDE"
                  ? "the attributes that INCLUDE takes into the index"
                  : `nothing: ${projectionType} says what is in the index`,
              mend:
                projectionType === "INCLUDE" ? "name them" : 'write projectionType: "INCLUDE", or remove it',
            },
          ],
    ),
  );
  return [
    ...many,
    ...shared,
    ...(local
      ? [
          {
            path: "localSecondaryIndexes",
            given: Object.keys(table.localSecondaryIndexes),
            allowed: "none without a rangeKey of the table: they sort the same items another way",
            mend: "give the table a rangeKey, or make it a global index",
          },
        ]
      : []),
    ...projections,
  ];
}

function capacityFaults({ capacity, globalSecondaryIndexes }: Table): Found[] {
  const limits = (["read", "write"] as const).flatMap((kind): Found[] => {
    const { min, max } = capacity?.[kind] ?? { min: 0, max: 0 };
    return min > max
      ? [{ path: `capacity.${kind}.min`, given: min, allowed: `at most its max, ${max}` }]
      : [];
  });
  const indexes = Object.entries(globalSecondaryIndexes).flatMap(([name, index]) =>
    (["readCapacity", "writeCapacity"] as const)
      .filter((field) => (index[field] === undefined) !== (capacity === undefined))
      .map((field): Found => ({
        path: formatPath(["globalSecondaryIndexes", name, field]),
        given: index[field],
        allowed:
          capacity === undefined
            ? "nothing: the table has no capacity, so that each request is paid for"
            : "units a second, since the table has capacity; a starved index holds up its table's writes",
        mend: capacity === undefined ? "remove it" : `write ${field}: as many as the table has at most`,
      })),
  );
  return [...limits, ...indexes];
}

function restFaults(table: Table, { capabilities }: Account): Found[] {
  const { timeToLive, attributes, recoveryPeriodInDays = LEAST_RECOVERY } = table;
  const typed = timeToLive === undefined ? undefined : attributes[timeToLive];
  return [
    ...(typed === undefined || typed === "N"
      ? []
      : [
          {
            path: "timeToLive",
            given: timeToLive,
            allowed: `an attribute of type N; this one is ${typed}, and nothing would ever go`,
          },
        ]),
    ...(capabilities.deletionProtection && recoveryPeriodInDays < LEAST_RECOVERY
      ? [
          {
            path: "recoveryPeriodInDays",
            given: recoveryPeriodInDays,
            allowed: `at least ${LEAST_RECOVERY} in an account whose stores are protected`,
          },
        ]
      : []),
  ];
}
