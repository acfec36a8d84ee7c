import type { Account } from "../../environments/schema/account";

/** Hours of an average month. */
export const MONTH = 730;
const WEEK = 168;

/** Hours a month in which what follows an account's working hours is awake; none where somebody has to wake it. */
export function awakeHours({ capabilities: { workingHours } }: Pick<Account, "capabilities">): number {
  if (workingHours === null) return MONTH;
  const { start, stop, days } = workingHours;
  if (start === "onRequest") return 0;
  return ((minutes(stop) - minutes(start)) / 60) * new Set(days).size * (MONTH / WEEK);
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}
