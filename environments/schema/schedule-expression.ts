/**
 * Schedules of EventBridge, read so far that one that AWS refuses, or that never comes again, is told at once.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
/** Of each month, in its longest form. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  /** Forms beside numbers, ranges, lists and steps: L, 15W, 6#3. */
  readonly special?: RegExp;
}

const FIELDS = {
  minutes: { name: "minutes", least: 0, most: 59 },
  hours: { name: "hours", least: 0, most: 23 },
  dayOfMonth: { name: "day of month", least: 1, most: 31, special: /^(L|LW|([1-9]|[12]\d|3[01])W)$/ },
  month: { name: "month", least: 1, most: 12, words: MONTHS },
  dayOfWeek: { name: "day of week", least: 1, most: 7, words: WEEKDAYS, special: /^(L|[1-7]L|[1-7]#[1-5])$/ },
  year: { name: "year", least: 1970, most: 2199 },
} as const satisfies Record<string, Field>;

/** What is wrong with a schedule, or nothing; `now` decides whether a year has passed. */
export function scheduleFault(expression: string, now: Date): string | undefined {
  const [, kind, body = ""] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === undefined) return "rate(1 hour), or cron(0 3 * * ? *) of six fields";
  return kind === "rate" ? rateFault(body) : cronFault(body, now);
}

function rateFault(body: string): string | undefined {
  const [, count, unit] = /^(\d+) (minutes?|hours?|days?)$/.exec(body) ?? [];
  if (count === undefined || unit === undefined)
    return "rate(<number> <unit>), the unit minutes, hours or days";
  return Number(count) < 1 ? "at least 1: a rate of 0 never comes" : undefined;
}

function cronFault(body: string, now: Date): string | undefined {
  const parts = body.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year, ...more] = parts;
  if (
    minutes === undefined ||
    hours === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    year === undefined ||
    more.length > 0
  )
    return `six fields, minutes hours day-of-month month day-of-week year; these are ${parts.length}`;
  if ((dayOfMonth === "?") === (dayOfWeek === "?"))
    return "? in exactly one of day of month and day of week: AWS takes no other";
  const given = { minutes, hours, dayOfMonth, month, dayOfWeek, year };
  for (const key of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
    if (given[key] === "?") continue;
    if (values(given[key], FIELDS[key]) === undefined) {
      const { name, least, most } = FIELDS[key];
      return `a ${name} of ${least} to ${most}, *, a list, a range or a step; this is ${given[key]}`;
    }
  }
  return never({ dayOfMonth, month, year }, now);
}

/** A date that no year has, or only years that have passed. */
function never(
  given: { readonly dayOfMonth: string; readonly month: string; readonly year: string },
  now: Date,
): string | undefined {
  const months = values(given.month, FIELDS.month) ?? [];
  const years = (values(given.year, FIELDS.year) ?? []).filter((year) => year >= now.getUTCFullYear());
  if (years.length === 0) return `a year that comes: ${given.year} has passed`;
  const days = /^\?$|[LW]/.test(given.dayOfMonth)
    ? undefined
    : (values(given.dayOfMonth, FIELDS.dayOfMonth) ?? []);
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  // Time zones are at most a day apart from UTC.
  const from = today - 24 * 3600 * 1000;
  const comes = years.some((year) =>
    months.some((month) =>
      days === undefined
        ? Date.UTC(year, month, 0) >= from
        : days.some((day) => day <= lastDay(year, month) && Date.UTC(year, month - 1, day) >= from),
    ),
  );
  if (comes) return undefined;
  return days?.every((day) => months.every((month) => day > (DAYS[month - 1] ?? 31))) === true
    ? "a day that one of its months has: this one never comes"
    : "a date that comes again: this one does not";
}

const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Every number that a field stands for; nothing when it cannot be read. */
function values(text: string, field: Field): number[] | undefined {
  if (field.special?.test(text) === true) return [field.least];
  const found: number[] = [];
  for (const item of text.split(",")) {
    const [range = "", step, ...rest] = item.split("/");
    if (rest.length > 0) return undefined;
    const every = step === undefined ? 1 : number(step, { ...field, least: 1 });
    if (every === undefined) return undefined;
    const bounds =
      range === "*" ? [field.least, field.most] : range.split("-").map((end) => number(end, field));
    const [first, last = step === undefined ? first : field.most] = bounds;
    if (first === undefined || last === undefined || bounds.includes(undefined) || bounds.length > 2)
      return undefined;
    // A range of weekdays may go over the weekend.
    if (last < first) return undefined;
    for (let value = first; value <= last; value += every) found.push(value);
  }
  return found;
}

function number(text: string, { words, least, most }: Field): number | undefined {
  const word = words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return word + 1;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
