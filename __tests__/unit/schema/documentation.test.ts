import { z } from "zod";
import { account } from "../../../environments/schema/account";
import { facts } from "../../../environments/schema/facts";
import { migration } from "../../../environments/schema/migration";
import { organization } from "../../../environments/schema/organization";
import { service } from "../../../environments/schema/service";

/** Each field below a schema: its path, and whether it says what it is. */
function fields(schema: z.ZodType, path = ""): { path: string; described: boolean }[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return fields(schema.unwrap() as z.ZodType, path);
  }
  if (schema instanceof z.ZodArray) return fields(schema.element as z.ZodType, `${path}[]`);
  if (schema instanceof z.ZodRecord) return fields(schema.valueType as z.ZodType, `${path}.*`);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return (schema.options as z.ZodType[]).flatMap((option, index) => fields(option, `${path}(${index})`));
  }
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, field]) => [
    { path: `${path}.${key}`, described: describes(field) || field instanceof z.ZodLiteral },
    ...fields(field, `${path}.${key}`),
  ]);
}

/** A description on the field itself or on what it wraps. */
function describes(field: z.ZodType): boolean {
  if ((field.description ?? "").length > 0) return true;
  return (
    (field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodPrefault) &&
    describes(field.unwrap() as z.ZodType)
  );
}

describe.each(Object.entries({ organization, account, service, migration, facts }))(
  "the language: %s",
  (_, schema) => {
    const all = fields(schema);

    it("says of every field what it is", () => {
      expect(all.filter(({ described }) => !described).map(({ path }) => path)).toEqual([]);
    });

    it("was walked to its leaves", () => {
      expect(all.length).toBeGreaterThan(3);
    });

    it("refuses unknown keys everywhere", () => {
      const open = objects(schema).filter(
        (object) => !object.safeParse({ "no-such-key": 1 }).error?.issues.some(isUnknownKey),
      );

      expect(open).toEqual([]);
    });
  },
);

const isUnknownKey = ({ code }: z.core.$ZodIssue) => code === "unrecognized_keys";

function objects(schema: z.ZodType): z.ZodObject[] {
  if (schema instanceof z.ZodObject) {
    return [schema, ...Object.values(schema.shape as Record<string, z.ZodType>).flatMap(objects)];
  }
  if (schema instanceof z.ZodArray) return objects(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return objects(schema.valueType as z.ZodType);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return objects(schema.unwrap() as z.ZodType);
  }
  return [];
}
