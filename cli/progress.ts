import type { Ora } from "ora";
import { colour, duration, print } from "./output";

/** One line that tells what is going on: alive on a terminal, plain lines elsewhere. */
export interface Progress {
  update(text: string): void;
  succeed(text: string): void;
  fail(text: string): void;
  skip(text: string): void;
}

/** Starts a line of progress. On a terminal it counts the seconds. */
export async function startProgress(text: string): Promise<Progress> {
  if (!process.stdout.isTTY) return plainProgress();
  const { default: ora } = await import("ora");
  return livelyProgress(ora({ text, stream: process.stdout, discardStdin: false }).start(), text);
}

function plainProgress(): Progress {
  return {
    update: () => undefined,
    succeed: (text) => print(`${colour.green("✔")} ${text}`),
    fail: (text) => print(`${colour.red("✖")} ${text}`),
    skip: (text) => print(`${colour.yellow("-")} ${text}`),
  };
}

function livelyProgress(spinner: Ora, first: string): Progress {
  const started = Date.now();
  let current = first;
  const show = () => {
    const elapsed = Date.now() - started;
    spinner.text = elapsed > 2000 ? `${current} (${duration(elapsed)})` : current;
  };
  const timer = setInterval(show, 1000);
  const end = (finish: () => void) => {
    clearInterval(timer);
    finish();
  };
  return {
    update: (text) => {
      current = text;
      show();
    },
    succeed: (text) => end(() => spinner.succeed(text)),
    fail: (text) => end(() => spinner.fail(text)),
    skip: (text) => end(() => spinner.stopAndPersist({ symbol: colour.yellow("-"), text })),
  };
}
