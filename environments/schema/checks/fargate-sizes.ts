import { onFargate } from "../capacity";
import type { Fleet } from "../fleet";
import type { Violation } from "../violation";
import { perService } from "./per-service";

const range = (from: number, to: number, step: number) =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/**
 * Memory, MiB, that Fargate takes for each CPU size.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
export const FARGATE_SIZES: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: range(1024, 4096, 1024),
  1024: range(2048, 8192, 1024),
  2048: range(4096, 16384, 1024),
  4096: range(8192, 30720, 1024),
  8192: range(16384, 61440, 4096),
  16384: range(32768, 122880, 8192),
};

/** Least of a task's CPU units and MiB on instances, which take any pair that fits. */
const LEAST = 128;

/** A task's CPU and memory are a pair that Fargate has; on instances, at least what a task must have. */
export function checkFargateSizes(fleet: Fleet): Violation[] {
  return perService(fleet, (service) => {
    if (!onFargate(service)) {
      return (["cpu", "memory"] as const)
        .filter((field) => service[field] < LEAST)
        .map((field) => ({ path: field, given: service[field], allowed: `at least ${LEAST} on instances` }));
    }
    const memories = FARGATE_SIZES[service.cpu];
    if (memories === undefined) {
      return [
        { path: "cpu", given: service.cpu, allowed: `one of ${Object.keys(FARGATE_SIZES).join(", ")}` },
      ];
    }
    if (memories.includes(service.memory)) return [];
    const fitting = memories.find((memory) => memory >= service.memory);
    const size = Object.entries(FARGATE_SIZES).find(([, all]) => all.includes(service.memory))?.[0];
    const choices = [
      ...(fitting === undefined ? [] : [`memory ${fitting}`]),
      ...(size === undefined ? [] : [`cpu ${size} for ${service.memory} MiB`]),
    ];
    return [
      {
        path: "memory",
        given: service.memory,
        allowed: `with cpu ${service.cpu}: ${memories.length > 4 ? `${memories[0]} to ${memories.at(-1)} in steps of ${(memories[1] ?? 0) - (memories[0] ?? 0)}` : memories.join(", ")}`,
        ...(choices.length === 0 ? {} : { mend: `write ${choices.join(", or ")}` }),
      },
    ];
  });
}
