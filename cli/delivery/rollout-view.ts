/** What is seen of a rollout at one moment. */
export interface RolloutView {
  /**
   * `rollingBack` still moves; `rolledBack` and `failed` have ended: with the former release in service, or with none
   * that ECS could go back to.
   */
  readonly state: "inProgress" | "completed" | "rollingBack" | "rolledBack" | "failed";
  /** Why, as AWS says it. */
  readonly reason?: string;
  /** Part of a staged rollout, such as BAKE_TIME. */
  readonly stage?: string;
  readonly running: number;
  readonly desired: number;
  readonly pending: number;
  readonly failed: number;
}

/** A rollout that was found, and how to look at it. */
export interface Rollout {
  /** Id by which AWS knows it. */
  readonly id: string;
  look(): Promise<RolloutView>;
  /** Asks AWS to give the service back to what it ran before. Absent where nobody may. */
  stop?(): Promise<void>;
}

export const hasEnded = ({ state }: RolloutView) =>
  state === "completed" || state === "rolledBack" || state === "failed";
