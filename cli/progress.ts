import type { Ora } from "ora";
import { colour, duration, print } from "./output";

/** One line that tells what is going on: alive on a terminal, plain lines elsewhere. */
export interface Progress {
  update(text: string): void;
  /** Prints a line for good, above what goes on. */
  note(text: string): void;
  succeed(text: string): void;
  fail(text: string): void;
  skip(text: string): void;
}

/** Starts a line of progress. On a terminal it counts the seconds, beside those of whatever else runs. */
export async function startProgress(text: string): Promise<Progress> {
  if (!process.stdout.isTTY) return lineOf(() => undefined, print, print);
  const { default: ora } = await import("ora");
  board ??= new Board(ora({ stream: process.stdout, discardStdin: false }));
  return board.start(text);
}

let board: Board | undefined;

const lineOf = (
  update: (text: string) => void,
  end: (line: string) => void,
  note: (line: string) => void,
): Progress => ({
  update,
  note,
  succeed: (text) => end(`${colour.green("✔")} ${text}`),
  fail: (text) => end(`${colour.red("✖")} ${text}`),
  skip: (text) => end(`${colour.yellow("-")} ${text}`),
});

/** The lines of all that runs, below those of what has ended. */
class Board {
  private readonly running = new Map<symbol, { text: string; readonly started: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly spinner: Ora) {}

  start(text: string): Progress {
    const key = Symbol(text);
    const line = { text, started: Date.now() };
    this.running.set(key, line);
    this.show();
    this.spinner.start();
    this.timer ??= setInterval(() => this.show(), 1000);
    return lineOf(
      (next) => {
        line.text = next;
        this.show();
      },
      (last) => this.end(key, last),
      (line) => this.printAbove(line),
    );
  }

  private printAbove(line: string): void {
    this.spinner.stop();
    print(line);
    this.show();
    this.spinner.start();
  }

  private end(key: symbol, last: string): void {
    this.running.delete(key);
    this.spinner.stop();
    print(last);
    if (this.running.size > 0) {
      this.show();
      this.spinner.start();
      return;
    }
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private show(): void {
    this.spinner.text = [...this.running.values()]
      .map(({ text, started }) => {
        const elapsed = Date.now() - started;
        return elapsed > 2000 ? `${text} (${duration(elapsed)})` : text;
      })
      .join("\n  ");
  }
}
