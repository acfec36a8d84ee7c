import type { ServiceFeature } from "./feature";

/** Every feature of a service's tasks. A new one is a file and a line here. */
export const FEATURES: readonly ServiceFeature[] = [];
